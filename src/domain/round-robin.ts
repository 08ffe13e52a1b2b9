/** What waits, by the tenant (or whatever else it is kept by) that it waits for: the next one is another's each time. */
export interface RoundRobin<T> {
  readonly size: number
  add(key: string, item: T): void
  /** The next one, out of the queue; `undefined` = nothing waits. */
  take(): T | undefined
  /** The next one, which stays where it is. */
  peek(): T | undefined
  /** `false` = it does not wait (any more). */
  remove(key: string, item: T): boolean
}

/** A queue for each key, in memory. */
export function createRoundRobin<T>(): RoundRobin<T> {
  /** The order of the keys is whose turn is next; that of a set is who came first. */
  const queues = new Map<string, Set<T>>()
  let size = 0

  function next(): { key: string; queue: Set<T>; item: T } | undefined {
    for (const [key, queue] of queues) for (const item of queue) return { key, queue, item }
    return undefined
  }

  function remove(key: string, item: T): boolean {
    const queue = queues.get(key)
    if (!queue?.delete(item)) return false
    size -= 1
    if (queue.size === 0) queues.delete(key)
    return true
  }

  return {
    get size() {
      return size
    },
    add(key, item) {
      const queue = queues.get(key)
      if (queue) queue.add(item)
      else queues.set(key, new Set([item]))
      size += 1
    },
    take() {
      const found = next()
      if (!found) return undefined
      const { key, queue, item } = found
      remove(key, item)
      // Whose turn it was comes last now.
      if (queues.delete(key)) queues.set(key, queue)
      return item
    },
    peek: () => next()?.item,
    remove,
  }
}

/**
 * The first of each key, then the second of each, and so on; what there is no place for stays, in its order.
 * @param most so many are picked
 */
export function pickInTurn<T>(
  items: readonly T[],
  most: number,
  keyOf: (item: T) => string,
): { readonly picked: readonly T[]; readonly left: readonly T[] } {
  if (items.length <= most) return { picked: items, left: [] }
  const seen = new Map<string, number>()
  const byTurn: T[][] = []
  for (const item of items) {
    const key = keyOf(item)
    const turn = seen.get(key) ?? 0
    seen.set(key, turn + 1)
    byTurn[turn] ??= []
    byTurn[turn].push(item)
  }
  const chosen = new Set<T>()
  for (const item of byTurn.flat()) {
    if (chosen.size === most) break
    chosen.add(item)
  }
  return { picked: items.filter((item) => chosen.has(item)), left: items.filter((item) => !chosen.has(item)) }
}
