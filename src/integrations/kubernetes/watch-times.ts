import type { TroubleKind } from '../../capabilities/cluster-trouble.ts'

/** How patient a watch is (ms). */
export interface WatchTimes {
  /** How long a trouble must last before it is told: a pod may wait a while for its node. */
  readonly patience: Readonly<Record<TroubleKind, number>>
  /** How long nothing may be seen of it before it counts as over: a crashing container runs in between. */
  readonly calm: number
  /** How often what needs time is looked at. */
  readonly tick: number
  /** Between two attempts, doubled with each failure. */
  readonly shortestWait: number
  readonly longestWait: number
  /** A watch that nothing comes from for so long, not even a bookmark, is taken as dead. */
  readonly idle: number
  /** How long one watch is asked for; some more or less, so that not all end at once. */
  readonly span: number
}

/** How patient NOX is with a rollout or a job that it follows (ms). */
export interface FollowTimes {
  /**
   * Between two looks. A look is one request while nothing is wrong; a watch would hold a connection for each rollout
   * and still need lists after each loss.
   */
  readonly look: number
  /** Looks that may fail in a row go on for as long as the caller's signal; each waits longer, up to this. */
  readonly longestWait: number
  /** Trouble must be seen for so long before it ends a rollout: the first failed pull or crash may pass. */
  readonly trouble: number
}

export const followTimes: FollowTimes = { look: 1_000, longestWait: 10_000, trouble: 4_000 }

const minute = 60_000

export const watchTimes: WatchTimes = {
  patience: {
    crash: 0,
    memory: 0,
    image: 15_000,
    start: 15_000,
    pending: 2 * minute,
    rollout: 0,
    node: minute / 2,
    blind: 2 * minute,
  },
  calm: minute,
  tick: 2_000,
  shortestWait: 1_000,
  longestWait: minute,
  idle: 2 * minute,
  span: 5 * minute,
}
