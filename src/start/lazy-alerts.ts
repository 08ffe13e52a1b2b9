import type { Services } from '../actions/services.ts'
import type { AlertIntake } from '../capabilities/alert-intake.ts'
import type { AlertAdministration } from '../request/alerts/administer-alerts.ts'
import type { AlertDoor } from '../request/alerts/receive-alerts.ts'

export interface LazyAlerts {
  door(): Promise<AlertDoor>
  /** For what reaches NOX otherwise than by a webhook. */
  readonly intake: AlertIntake
}

/** The way in for alerts; what it needs is loaded when the first one comes. */
export function lazyAlerts(services: Services, onWritten: () => void = () => {}): LazyAlerts {
  let loading: Promise<AlertDoor> | undefined
  const load = async () => {
    const { createAlertDoor } = await import('../request/alerts/receive-alerts.ts')
    const read = async () => (await import('../integrations/alert-payloads/index.ts')).readAlerts
    return createAlertDoor(services, read, onWritten)
  }
  const door = () => {
    loading ??= load()
    return loading
  }
  return { door, intake: { receive: async (tenantId, alerts) => (await door()).receive(tenantId, alerts) } }
}

/** What people set up for alerts. @param hookUrl the address of a tenant's alerts of a source, with its secret */
export function lazyAlertAdministration(
  services: Services,
  hookUrl: (tenantId: string, source: string, secret: string) => string,
): () => Promise<AlertAdministration> {
  let loading: Promise<AlertAdministration> | undefined
  return () => {
    loading ??= import('../request/alerts/administer-alerts.ts').then(({ createAlertAdministration }) =>
      createAlertAdministration(services, hookUrl),
    )
    return loading
  }
}
