import type { Services } from '../actions/services.ts'
import type { AlertRunner } from '../request/alerts/run-alerts.ts'

/** How often is looked whether there is anything to tell (ms). */
const every = 2_000
/** Then it is loaded anyway, to forget what is old (ms). */
const atLatest = 60 * 60_000

/** Tells alerts; what that needs is loaded when there is the first to tell. */
export function startAlerts(services: Services): { wake(): void; stop(): Promise<void> } {
  const { storage, log, now } = services
  let runner: AlertRunner | undefined
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let isStopped = false
  const begun = now()

  async function look(): Promise<void> {
    const isDue = now() - begun > atLatest || (await storage.alerts.dueTenants(now())).length > 0
    if (!isDue || isStopped) return
    const [{ runAlerts }, { createOwn }] = await Promise.all([
      import('../request/alerts/run-alerts.ts'),
      import('../duties/own.ts'),
    ])
    const own = createOwn({ claims: storage.claims, owner: services.newId(), log })
    runner = runAlerts(services, own)
  }
  const next = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      looking = looking
        .then(() => (runner || isStopped ? undefined : look()))
        .catch((error: unknown) => log.error({ err: error }, 'alerts to tell could not be looked for'))
        .finally(() => runner || isStopped || next(every))
    }, ms)
    timer.unref()
  }
  next(every)
  return {
    wake() {
      if (runner) runner.wake()
      else if (!isStopped) next(0)
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await looking
      await runner?.stop()
    },
  }
}
