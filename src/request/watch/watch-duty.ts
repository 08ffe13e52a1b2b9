import type { Services } from '../../actions/services.ts'
import type { AlertIntake } from '../../capabilities/alert-intake.ts'
import type { Duty } from '../../duties/create-duties.ts'
import type { Own } from '../../duties/own.ts'
import type { ClusterWatches } from './watch-clusters.ts'

/** The first look, after the first orders (ms). */
const first = 1_000

/**
 * Looks for clusters that are to be watched: each replica does, and one of them owns each watch. What that needs is
 * loaded when the first cluster is to be watched.
 * @param everyMs between two looks; absent = 15 s
 */
export function watchDuty(services: Services, intake: AlertIntake, own: Own, everyMs = 15_000): Duty {
  let watches: ClusterWatches | undefined

  async function create(): Promise<ClusterWatches> {
    const [{ createClusterWatches }, { createTroubleSink }] = await Promise.all([
      import('./watch-clusters.ts'),
      import('../alerts/hand-trouble.ts'),
    ])
    const times = { lookAgain: everyMs, rest: 60_000 }
    return createClusterWatches(services, own, createTroubleSink(services, intake), times)
  }

  return {
    name: 'watches',
    everyMs,
    firstMs: Math.min(first, everyMs),
    by: 'each',
    async round() {
      if (!watches && (await services.storage.catalogue.watchedClusters()).length === 0) return
      watches ??= await create()
      await watches.look()
    },
    async settled() {
      await watches?.stop()
    },
  }
}
