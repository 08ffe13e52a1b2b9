import type { Logger } from 'pino'
import type { Claims } from '../storage/types/claims.ts'
import { createOwn, type Own, promptLeaseMs } from './own.ts'
import { createPause } from './pause.ts'

/** Work that comes round again and again, one round after the other. */
export interface Duty {
  readonly name: string
  /** From the end of a round to the next one (ms). */
  readonly everyMs: number
  /** From the start to the first round (ms); absent = `everyMs`. */
  readonly firstMs?: number
  /**
   * `each` replica does it, where the database sees to it that what it does is done once; or one of them at a time. Where
   * that one is killed another has the work within a minute and a half, or promptly: within 15 s.
   */
  readonly by: 'each' | 'one' | 'one, promptly'
  /** Loads what it needs when it first needs it. A round that rejects is logged, and comes again soon. */
  round(signal: AbortSignal): Promise<void>
  /** What rounds left running has ended; waited for before another replica may have the duty. */
  settled?(): Promise<void>
}

/** All that a process does by the clock. */
export interface Duties {
  /** Begins a duty; gives how to have its next round at once, where this process does it. */
  begin(duty: Duty): { wake(): void }
  /** Owns long work that is no round, as a connection; another replica has it within 15 s of this one's death. */
  readonly own: Own
  /** Ends all: resolves when nothing of it runs any more and others may have what was owned. */
  stop(): Promise<void>
}

/** After a round that failed (ms), unless its next one comes sooner. */
const soon = 20_000

/** @param owner this process, told from all others that may live at the same time */
export function createDuties({
  claims,
  owner,
  log,
}: {
  readonly claims: Claims
  readonly owner: string
  readonly log: Logger
}): Duties {
  const patiently = createOwn({ claims, owner, log })
  const promptly = createOwn({ claims, owner, log, leaseMs: promptLeaseMs })
  const stopping = new AbortController()
  const open = new Set<{ stop(): Promise<void> }>()

  async function goRound(duty: Duty, pause: ReturnType<typeof createPause>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let rest = duty.everyMs
      try {
        await duty.round(signal)
      } catch (error) {
        log.error({ err: error, duty: duty.name }, 'a duty failed; tried again soon')
        rest = Math.min(rest, soon)
      }
      await pause.rest(rest, signal)
    }
    await duty
      .settled?.()
      .catch((error: unknown) =>
        log.error({ err: error, duty: duty.name }, 'the end of a duty could not be waited for'),
      )
  }

  async function run(duty: Duty, pause: ReturnType<typeof createPause>): Promise<void> {
    const { signal } = stopping
    await pause.rest(duty.firstMs ?? duty.everyMs, signal)
    if (signal.aborted) return
    if (duty.by === 'each') return goRound(duty, pause, signal)
    const own = duty.by === 'one' ? patiently : promptly
    open.add(own(duty.name, (owned) => goRound(duty, pause, owned)))
  }

  return {
    begin(duty) {
      const pause = createPause()
      const running = run(duty, pause)
      open.add({ stop: () => running })
      return { wake: pause.wake }
    },
    own(name, work) {
      if (stopping.signal.aborted) return { stop: async () => {} }
      const held = promptly(name, work)
      open.add(held)
      return {
        stop() {
          open.delete(held)
          return held.stop()
        },
      }
    },
    async stop() {
      stopping.abort()
      // What is begun meanwhile is among them by then.
      while (open.size > 0) {
        const all = [...open]
        open.clear()
        await Promise.all(all.map((each) => each.stop()))
      }
    },
  }
}
