import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../../actions/services.ts'
import type { Own } from '../../duties/own.ts'
import { createAlertTeller } from './tell-alerts.ts'

/** How often is looked for what is due, where nothing wakes the teller (ms). */
const pace = 1_000
/** How long what is over is kept (ms), and how often it is looked for. */
const keptFor = 30 * 24 * 60 * 60_000
const tidyEvery = 60 * 60_000

export interface AlertRunner {
  /** Something is due now. */
  wake(): void
  stop(): Promise<void>
}

/** Tells alerts, for all tenants, by one replica at a time; a tenant whose Slack is slow holds up no other. */
export function runAlerts(services: Services, own: Own): AlertRunner {
  const { storage, now, log } = services
  const tell = createAlertTeller(services)
  let waker = new AbortController()

  async function tidy(signal: AbortSignal): Promise<void> {
    for (const { id } of await storage.tenants.list()) {
      if (signal.aborted) return
      await storage.alerts.forget(id, now() - keptFor)
    }
    await storage.claims.forget(now() - tidyEvery)
  }

  async function work(signal: AbortSignal): Promise<void> {
    const busy = new Map<string, Promise<void>>()
    let tidied = 0
    while (!signal.aborted) {
      waker = new AbortController()
      for (const tenantId of await storage.alerts.dueTenants(now())) {
        if (busy.has(tenantId)) continue
        const telling = tell(tenantId, signal)
          .catch((error: unknown) =>
            log.error({ err: error, tenant: tenantId }, 'alerts could not be told; tried again'),
          )
          .finally(() => busy.delete(tenantId))
        busy.set(tenantId, telling)
      }
      if (now() - tidied > tidyEvery) {
        tidied = now()
        await tidy(signal).catch((error: unknown) => log.error({ err: error }, 'old alerts could not be forgotten'))
      }
      const either = AbortSignal.any([signal, waker.signal])
      await sleep(pace, undefined, { signal: either }).catch(() => {})
      // Those that come right behind go along.
      if (!signal.aborted) await sleep(50, undefined, { signal }).catch(() => {})
    }
    await Promise.all(busy.values())
  }

  const { stop } = own('alerts', work)
  return { wake: () => waker.abort(), stop }
}
