import type { GrafanaSeed } from './grafana/index.ts'

const dashboards = ['user-api', 'billing', 'web', 'checkout', 'search', 'mailer']

/** What the Grafana of Société X shows: two things that are not well, as in the cluster. */
export const grafanaSeed: GrafanaSeed = {
  token: 'sandbox-grafana-token',
  org: 'Société X',
  dashboards: [
    ...dashboards.map((name) => ({ uid: `svc-${name}`, title: `Service ${name}`, folder: 'Services' })),
    { uid: 'k8s-nodes', title: 'Kubernetes / Nodes', folder: 'Infrastructure' },
    { uid: 'slo', title: 'SLO', folder: 'Direction' },
  ],
  measured: dashboards,
  hasRenderer: true,
  rules: [
    { title: 'LatencyHigh', service: 'user-api' },
    { title: 'ErrorRateHigh', service: 'checkout' },
    { title: 'QueueLong', service: 'mailer', isPaused: true },
  ],
  alerts: [
    {
      labels: { alertname: 'MemoryHigh', severity: 'critical', service: 'mailer', environment: 'production' },
      summary: 'mailer dépasse 95 % de sa mémoire',
      minutesAgo: 35,
    },
    {
      labels: { alertname: 'PodRestarting', severity: 'warning', service: 'search', environment: 'staging' },
      summary: 'search redémarre en boucle',
      minutesAgo: 14,
    },
    {
      labels: { alertname: 'CertificateExpires', severity: 'warning', service: 'web', environment: 'production' },
      summary: 'Le certificat de web expire dans 12 jours',
      minutesAgo: 700,
    },
  ],
}
