import type { Connected, Connector } from '../../src/capabilities/connectors.ts'
import type { Vendor } from '../../src/domain/integration.ts'
import { alertmanager } from '../../src/integrations/alertmanager/index.ts'
import { datadog } from '../../src/integrations/datadog/index.ts'
import { grafana } from '../../src/integrations/grafana/index.ts'
import { createAlertmanagerDouble } from '../../src/sandbox/alertmanager/index.ts'
import { createDatadogDouble } from '../../src/sandbox/datadog/index.ts'
import { createGrafanaDouble } from '../../src/sandbox/grafana/index.ts'
import type { HttpDouble } from '../../src/sandbox/http-double.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'

export interface MonitoringProvider<Double extends HttpDouble = HttpDouble> {
  readonly double: Double
  readonly url: string
  /** How many mutes it holds, ended ones included. */
  mutes(): number
  connect(secrets?: Record<string, string>, settings?: Record<string, string>): Promise<Connected>
  /** What is sent with a foreign mute of a service, so that it can be told from NOX's own. */
  muteAsSomeoneElse(service: string): Promise<void>
  close(): Promise<void>
}

/** The same three alerts at every vendor, the newest last. */
const alerts = [
  { name: 'web certificate', service: 'web', severity: 'warning', minutesAgo: 700 },
  { name: 'mailer memory', service: 'mailer', severity: 'critical', minutesAgo: 35 },
  { name: 'search restarts', service: 'search', severity: 'warning', minutesAgo: 14 },
] as const
/** What is well, and what is paused. */
const rules = [
  { title: 'fine', service: 'web' },
  { title: 'old', service: 'search', isPaused: true },
]
const measured = ['web', 'mailer', 'search']
const labelled = alerts.map(({ name, service, severity, minutesAgo }) => ({
  labels: { alertname: name, service, severity },
  summary: name,
  minutesAgo,
}))

async function start<Double extends HttpDouble>(
  double: Double,
  connector: Connector,
  usual: { readonly settings: Record<string, string>; readonly secrets: Record<string, string> },
  foreign: (url: string, service: string) => Promise<Response>,
  mutes: () => number,
): Promise<MonitoringProvider<Double>> {
  const { url } = await double.listen()
  const connectors = createConnectors([connector], { allowPrivate: ['127.0.0.1'], now: Date.now })
  const rest = { account: '', connectedAt: 0, checkedAt: 0, failingSince: null }
  const vendor: Vendor = connector.vendor
  return {
    double,
    url,
    mutes,
    connect: (secrets = usual.secrets, settings = {}) =>
      connectors.open({
        integration: { tenantId: 'T1', vendor, settings: { url, ...usual.settings, ...settings }, ...rest },
        secrets,
      }),
    async muteAsSomeoneElse(service) {
      const { ok, status } = await foreign(url, service)
      if (!ok) throw new Error(`the double answered ${status}`)
    },
    async close() {
      await connectors.close()
      await double.close()
    },
  }
}

const post = (url: string, headers: Record<string, string>, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const silenceOf = (service: string) => ({
  matchers: [{ name: 'service', value: service, isRegex: false, isEqual: true }],
  startsAt: new Date().toISOString(),
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
  createdBy: 'eve',
  comment: 'mine',
})

/** Every provider of alerts, metrics or dashboards, each with the same world. */
export const monitoringProviders = {
  grafana: () => {
    const dashboards = measured.map((name) => ({ uid: name, title: `Service ${name}`, folder: 'Services' }))
    const double = createGrafanaDouble({
      seed: { token: 'monitor-token', org: 'Acme', dashboards, alerts: labelled, rules, measured, hasRenderer: true },
      basePath: '/grafana',
    })
    return start(
      double,
      grafana,
      { settings: {}, secrets: { token: 'monitor-token' } },
      (url, service) =>
        post(
          `${url}/api/alertmanager/grafana/api/v2/silences`,
          { authorization: 'Bearer monitor-token' },
          silenceOf(service),
        ),
      () => double.silences.length,
    )
  },
  alertmanager: () => {
    const double = createAlertmanagerDouble({ seed: { user: 'nox', password: 'monitor-password', alerts: labelled } })
    const authorization = `Basic ${Buffer.from('nox:monitor-password').toString('base64')}`
    return start(
      double,
      alertmanager,
      { settings: { user: 'nox' }, secrets: { token: 'monitor-password' } },
      (url, service) => post(`${url}/api/v2/silences`, { authorization }, silenceOf(service)),
      () => double.silences.length,
    )
  },
  datadog: () => {
    const secrets = { apiKey: 'monitor-api-key', appKey: 'monitor-app-key' }
    const monitors = alerts.map(({ name, service, severity, minutesAgo }, at) => ({
      id: 48210000 + at,
      name,
      tags: [`service:${service}`, `severity:${severity}`],
      state: 'Alert' as const,
      minutesAgo,
    }))
    const double = createDatadogDouble({
      seed: {
        ...secrets,
        monitors: [...monitors, { id: 48210099, name: 'fine', tags: ['service:web'], state: 'OK', minutesAgo: 1 }],
        dashboards: measured.map((name, at) => ({ id: `abc-de${at}`, title: `Service ${name}` })),
        measured,
      },
    })
    const headers = { 'dd-api-key': secrets.apiKey, 'dd-application-key': secrets.appKey }
    return start(
      double,
      datadog,
      { settings: {}, secrets },
      (url, service) =>
        post(`${url}/api/v2/downtime`, headers, {
          data: {
            type: 'downtime',
            attributes: {
              monitor_identifier: { monitor_tags: [`service:${service}`] },
              scope: '*',
              message: 'mine',
              schedule: { end: new Date(Date.now() + 3_600_000).toISOString() },
            },
          },
        }),
      () => double.downtimes.length,
    )
  },
} as const

/** The vendors of this suite that give a capability. */
export const providersWith = (capability: 'alerts' | 'dashboards' | 'metrics' | 'marks') =>
  ([grafana, datadog, alertmanager] as const)
    .filter((each) => each.capabilities.includes(capability))
    .map(({ vendor }) => vendor as keyof typeof monitoringProviders)
