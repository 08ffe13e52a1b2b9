import type { AlertmanagerSeed } from './alertmanager/index.ts'
import type { DatadogSeed } from './datadog/index.ts'

const services = ['user-api', 'billing', 'web', 'checkout', 'search', 'mailer']

/** What the Datadog of Société X shows; an admin connects it with these keys. */
export const datadogSeed: DatadogSeed = {
  apiKey: 'sandbox-datadog-api-key',
  appKey: 'sandbox-datadog-app-key',
  measured: services,
  dashboards: [
    ...services.map((name, at) => ({ id: `a1b-c2d-e${at}f`, title: `Service ${name}` })),
    { id: 'q9r-s8t-u7v', title: 'Coûts cloud' },
  ],
  monitors: [
    {
      id: 48210031,
      name: 'checkout : latence p95 au-dessus de 800 ms',
      tags: ['service:checkout', 'env:production', 'severity:critical'],
      state: 'Alert',
      minutesAgo: 12,
    },
    {
      id: 48210077,
      name: 'billing : file d’attente en retard',
      tags: ['service:billing', 'env:production'],
      state: 'Warn',
      minutesAgo: 50,
    },
    { id: 48210102, name: 'web : erreurs 5xx', tags: ['service:web', 'env:production'], state: 'OK', minutesAgo: 900 },
  ],
}

/** What the Alertmanager of Société X shows. */
export const alertmanagerSeed: AlertmanagerSeed = {
  user: 'nox',
  password: 'sandbox-alertmanager-password',
  alerts: [
    {
      labels: { alertname: 'DiskFull', severity: 'warning', service: 'billing', environment: 'production' },
      summary: 'Le disque de billing est plein à 91 %',
      minutesAgo: 22,
    },
  ],
}
