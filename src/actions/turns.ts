/** How many orders one process runs at a time; the others wait for their turn. */
export interface TurnLimits {
  /** Of all tenants together. */
  readonly all: number
  /** Of one tenant. */
  readonly tenant: number
  /** That change something on one cluster. */
  readonly cluster: number
}

/** Enough for teams at work (.env.example); each is a variable of its own. */
export const defaultLimits: TurnLimits = { all: 200, tenant: 20, cluster: 10 }

/** What an order counts against. */
export interface Claimant {
  readonly tenantId: string
  /** The cluster that it changes; `null` = none. */
  readonly clusterId: string | null
}

/** Turns of orders, fair between tenants: whoever waits, the next turn is another tenant's. */
export interface Turns {
  /**
   * Resolves once it is its turn, with what ends the turn.
   * @param onWait told where it has to wait, with how many orders of the same tenant run or wait before it
   * @throws the signal's reason, where it is aborted meanwhile
   */
  take(claimant: Claimant, signal: AbortSignal, onWait: (before: number) => void): Promise<() => void>
}

interface Waiter extends Claimant {
  readonly go: (end: () => void) => void
}

/** Who runs now and who waits, by the limits of one process. */
export function createTurns(limits: TurnLimits): Turns {
  const running = new Map<string, number>()
  /** The order of the keys is whose turn is next. */
  const waiting = new Map<string, Set<Waiter>>()

  const tenantKey = ({ tenantId }: Claimant) => `tenant ${tenantId}`
  const clusterKey = ({ tenantId, clusterId }: Claimant) => `cluster ${tenantId} ${clusterId}`
  const keysOf = (claimant: Claimant): readonly (readonly [string, number])[] => [
    ['all', limits.all],
    [tenantKey(claimant), limits.tenant],
    ...(claimant.clusterId === null ? [] : [[clusterKey(claimant), limits.cluster] as const]),
  ]
  const count = (key: string, by: 1 | -1) => {
    const now = (running.get(key) ?? 0) + by
    if (now === 0) running.delete(key)
    else running.set(key, now)
  }
  const fits = (claimant: Claimant) => keysOf(claimant).every(([key, most]) => (running.get(key) ?? 0) < most)

  /** Orders of the same tenant that run or wait before it: all of them, or where only its cluster is busy those of it. */
  function countBefore(claimant: Claimant, queue: ReadonlySet<Waiter>): number {
    const isCluster = (running.get('all') ?? 0) < limits.all && (running.get(tenantKey(claimant)) ?? 0) < limits.tenant
    if (!isCluster || claimant.clusterId === null) return (running.get(tenantKey(claimant)) ?? 0) + queue.size
    const waits = [...queue].filter(({ clusterId }) => clusterId === claimant.clusterId).length
    return (running.get(clusterKey(claimant)) ?? 0) + waits
  }

  function begin(claimant: Claimant): () => void {
    for (const [key] of keysOf(claimant)) count(key, 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      for (const [key] of keysOf(claimant)) count(key, -1)
      fill()
    }
  }

  function leave(waiter: Waiter): void {
    const queue = waiting.get(waiter.tenantId)
    queue?.delete(waiter)
    if (queue?.size === 0) waiting.delete(waiter.tenantId)
  }

  /** The first of a tenant that may go: one cluster that has enough to do holds up no order to another. */
  function firstOf(queue: ReadonlySet<Waiter>): Waiter | undefined {
    for (const waiter of queue) if (fits(waiter)) return waiter
    return undefined
  }

  function fill(): void {
    for (const [tenantId, queue] of [...waiting]) {
      if ((running.get('all') ?? 0) >= limits.all) return
      const next = firstOf(queue)
      if (!next) continue
      leave(next)
      // This tenant had its turn: the others come first now.
      if (waiting.delete(tenantId)) waiting.set(tenantId, queue)
      next.go(begin(next))
    }
  }

  return {
    async take(claimant, signal, onWait) {
      signal.throwIfAborted()
      const queue = waiting.get(claimant.tenantId) ?? new Set<Waiter>()
      if (queue.size === 0 && fits(claimant)) return begin(claimant)
      const before = countBefore(claimant, queue)
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          leave(waiter)
          reject(signal.reason)
        }
        const waiter: Waiter = {
          ...claimant,
          go: (end) => {
            signal.removeEventListener('abort', giveUp)
            resolve(end)
          },
        }
        queue.add(waiter)
        waiting.set(claimant.tenantId, queue)
        signal.addEventListener('abort', giveUp, { once: true })
        fill()
        if (queue.has(waiter)) onWait(before)
      })
    },
  }
}
