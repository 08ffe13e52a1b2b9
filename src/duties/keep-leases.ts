import type { Logger } from 'pino'

/** Something that this process has for as long as it says so again and again. */
export interface Lease {
  /** What is held, for the log. */
  readonly name: string
  /** Asks the database for another lease; `false` = somebody else has it. */
  renew(): Promise<boolean>
  /** It is held no longer, or may not be: work on it ends at once. Told once. */
  lost(): void
}

/** Keeps leases until the function that it gives is called. */
export type KeepLease = (lease: Lease) => () => void

interface Kept {
  readonly lease: Lease
  /** When what gave the lease was asked for (ms, of a clock that nobody can set). */
  since: number
  askedAt: number
  isAsking: boolean
}

/**
 * Renews leases after a third of their time, in one round for all: what has just begun needs none, and most ends before
 * it does. The rounds end with the first that has nothing to keep: one order after the other costs no timers. Where no answer came, its holder is told after seven ninths of a lease: before anybody else can take it.
 */
export function keepLeases(leaseMs: number, log: Logger): KeepLease {
  const roundMs = leaseMs / 9
  const kept = new Set<Kept>()
  let timer: NodeJS.Timeout | undefined

  const forget = (each: Kept) => kept.delete(each)
  const lose = (each: Kept) => {
    if (forget(each)) each.lease.lost()
  }

  async function renew(each: Kept): Promise<void> {
    const asked = performance.now()
    each.askedAt = asked
    each.isAsking = true
    try {
      if (await each.lease.renew()) each.since = asked
      else lose(each)
    } catch (error) {
      log.warn({ err: error, lease: each.lease.name }, 'a lease could not be renewed; tried again soon')
    } finally {
      each.isAsking = false
    }
  }

  function round(): void {
    if (kept.size === 0) {
      clearInterval(timer)
      timer = undefined
      return
    }
    const now = performance.now()
    for (const each of [...kept]) {
      if (now >= each.since + 7 * roundMs) lose(each)
      else if (!each.isAsking && now >= each.askedAt + 3 * roundMs) void renew(each)
    }
  }

  return (lease) => {
    const since = performance.now()
    const each: Kept = { lease, since, askedAt: since, isAsking: false }
    kept.add(each)
    timer ??= setInterval(round, roundMs).unref()
    return () => void forget(each)
  }
}
