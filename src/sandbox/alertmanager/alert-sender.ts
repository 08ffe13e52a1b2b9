import { fingerprintOf } from './alert-api.ts'

/** What Alertmanager does beside its API: it sends its webhook when an alert begins, and when it ends. */
export interface AlertSender {
  /** Sends that this service is in trouble; again = it still is. @returns whether the receiver took it (any 2xx) */
  fire(service: string): Promise<boolean>
  /** Sends the end of everything that fires. @returns whether the receiver took it; `true` where nothing fires */
  resolve(): Promise<boolean>
}

/** Alertmanager's own name for "not ended yet". */
const notEnded = '0001-01-01T00:00:00Z'

/**
 * @param options.url where its webhook goes
 * @param options.labels of each alert, besides its name and its service
 * @param options.now ms
 */
export function createAlertSender(options: {
  readonly url: string
  readonly labels: Readonly<Record<string, string>>
  readonly now: () => number
}): AlertSender {
  const { url, now } = options
  /** When each began, by its service. */
  const firing = new Map<string, number>()

  async function send(status: 'firing' | 'resolved', services: readonly string[]): Promise<boolean> {
    const alerts = services.map((service) => {
      const labels = { alertname: 'HighErrorRate', ...options.labels, service }
      return {
        status,
        labels,
        annotations: {
          summary: `${service} : plus de 5 % de réponses en erreur`,
          description: 'Le taux de réponses 5xx dépasse 5 % depuis 5 minutes.',
        },
        startsAt: new Date(firing.get(service) ?? now()).toISOString(),
        endsAt: status === 'firing' ? notEnded : new Date(now()).toISOString(),
        generatorURL: 'http://prometheus.societe-x.example:9090/graph?g0.expr=error_ratio+%3E+0.05&g0.tab=1',
        fingerprint: fingerprintOf(labels),
      }
    })
    const payload = {
      version: '4',
      groupKey: '{}:{alertname="HighErrorRate"}',
      truncatedAlerts: 0,
      status,
      receiver: 'nox',
      groupLabels: { alertname: 'HighErrorRate' },
      commonLabels: { alertname: 'HighErrorRate', ...options.labels },
      commonAnnotations: {},
      externalURL: 'http://alertmanager.societe-x.example:9093',
      alerts,
    }
    const headers = { 'content-type': 'application/json', 'user-agent': 'Alertmanager/0.28.1' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(payload) })
    await response.body?.cancel()
    return response.ok
  }

  return {
    async fire(service) {
      const isNew = !firing.has(service)
      if (isNew) firing.set(service, now())
      const taken = await send('firing', [service])
      // What never arrived needs no end.
      if (!taken && isNew) firing.delete(service)
      return taken
    },
    async resolve() {
      if (firing.size === 0) return true
      const taken = await send('resolved', [...firing.keys()])
      if (taken) firing.clear()
      return taken
    },
  }
}
