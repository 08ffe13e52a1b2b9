import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../../actions/services.ts'
import type { Duty } from '../../duties/create-duties.ts'
import { createAlertTeller } from './tell-alerts.ts'

/** What comes right behind what woke the teller goes along (ms). */
const along = 50
/** How long what is over is kept (ms), and how often it is looked for. */
const keptFor = 30 * 24 * 60 * 60_000
const tidyEvery = 60 * 60_000

/** Tells alerts, for all tenants; a tenant whose Slack is slow holds up no other. */
export function createAlertRounds(services: Services): Required<Pick<Duty, 'round' | 'settled'>> {
  const { storage, now, log } = services
  const tell = createAlertTeller(services)
  const busy = new Map<string, Promise<void>>()
  let tidied = 0

  async function tidy(signal: AbortSignal): Promise<void> {
    for (const { id } of await storage.tenants.list()) {
      if (signal.aborted) return
      await storage.alerts.forget(id, now() - keptFor)
    }
    await storage.claims.forget(now() - tidyEvery)
  }

  return {
    async round(signal) {
      await sleep(along, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      for (const tenantId of await storage.alerts.dueTenants(now())) {
        if (busy.has(tenantId)) continue
        const telling = tell(tenantId, signal)
          .catch((error: unknown) =>
            log.error({ err: error, tenant: tenantId }, 'alerts could not be told; tried again'),
          )
          .finally(() => busy.delete(tenantId))
        busy.set(tenantId, telling)
      }
      if (now() - tidied <= tidyEvery) return
      tidied = now()
      await tidy(signal).catch((error: unknown) => log.error({ err: error }, 'old alerts could not be forgotten'))
    },
    async settled() {
      await Promise.all(busy.values())
    },
  }
}
