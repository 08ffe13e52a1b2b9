import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../actions/services.ts'

/** How often plans are looked at (ms). */
const every = 60_000

/** Looks at plans again and again, in one process of all; what that needs is loaded at the first look. */
export function startPlans(services: Services, lookEvery: number = every): { stop(): Promise<void> } {
  const { log, storage } = services
  let stopOwn: (() => Promise<void>) | undefined
  let starting: Promise<void> = Promise.resolve()
  let isStopped = false

  async function begin(): Promise<void> {
    const [{ createOwn }, { lookAtPlans }, { meterUsage }] = await Promise.all([
      import('../duties/own.ts'),
      import('../request/billing/plan-duty.ts'),
      import('../request/billing/meter-usage.ts'),
    ])
    if (isStopped) return
    const own = createOwn({ claims: storage.claims, owner: services.newId(), log })
    const owned = own('plans', async (signal) => {
      while (!signal.aborted) {
        await lookAtPlans(services, signal)
        if (services.billing) await meterUsage(services, services.billing, signal)
        await sleep(lookEvery, undefined, { signal }).catch(() => {})
      }
    })
    stopOwn = owned.stop
  }

  const timer = setTimeout(
    () => {
      starting = begin().catch((error: unknown) => log.error({ err: error }, 'plans could not be looked at'))
    },
    Math.min(5_000, lookEvery),
  ).unref()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await starting
      await stopOwn?.()
    },
  }
}
