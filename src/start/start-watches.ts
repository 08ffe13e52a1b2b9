import type { Services } from '../actions/services.ts'
import type { AlertIntake } from '../capabilities/alert-intake.ts'
import type { ClusterWatches } from '../request/watch-clusters.ts'

/** How often clusters are looked for that are to be watched (ms). */
const every = 15_000
/** The first look, after the first orders (ms). */
const first = 1_000

/** Watches the clusters whose admins want it; what that needs is loaded when the first one does. */
export function startWatches(
  services: Services,
  intake: AlertIntake,
  times: { readonly lookEvery?: number } = {},
): { stop(): Promise<void> } {
  let watches: ClusterWatches | undefined
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let isStopped = false
  const lookEvery = times.lookEvery ?? every

  async function look(): Promise<void> {
    if (!watches) {
      if ((await services.storage.catalogue.watchedClusters()).length === 0) return
      watches = await create(services, intake, lookEvery)
    }
    await watches.look()
  }

  const next = (ms: number) => {
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => services.log.error({ err: error }, 'clusters to watch could not be looked for'))
        .finally(() => isStopped || next(lookEvery))
    }, ms)
    timer.unref()
  }
  next(Math.min(first, lookEvery))
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await looking
      await watches?.stop()
    },
  }
}

async function create(services: Services, intake: AlertIntake, lookAgain: number): Promise<ClusterWatches> {
  const [{ createClusterWatches }, { createTroubleSink }, { createOwn, promptLeaseMs }] = await Promise.all([
    import('../request/watch-clusters.ts'),
    import('../request/alerts/hand-trouble.ts'),
    import('../duties/own.ts'),
  ])
  const { log, newId, storage } = services
  const own = createOwn({ claims: storage.claims, owner: newId(), log, leaseMs: promptLeaseMs })
  return createClusterWatches(services, own, createTroubleSink(services, intake), { lookAgain, rest: 60_000 })
}
