import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../actions/services.ts'

/** Looks that are done again and again, by their name. */
export interface Upkeep {
  readonly name: string
  /** The pause between two looks (ms). */
  readonly everyMs: number
  look(signal: AbortSignal): Promise<void>
}

/** Does each look in one process of all, from a few seconds after the start. */
export function startUpkeep(services: Services, upkeep: readonly Upkeep[]): { stop(): Promise<void> } {
  const { log, storage } = services
  let owned: readonly { stop(): Promise<void> }[] = []
  let starting: Promise<void> = Promise.resolve()
  let isStopped = false

  async function begin(): Promise<void> {
    const { createOwn } = await import('../duties/own.ts')
    if (isStopped) return
    const own = createOwn({ claims: storage.claims, owner: services.newId(), log })
    owned = upkeep.map(({ name, everyMs, look }) =>
      own(name, async (signal) => {
        while (!signal.aborted) {
          await look(signal)
          await sleep(everyMs, undefined, { signal }).catch(() => {})
        }
      }),
    )
  }

  const timer = setTimeout(() => {
    starting = begin().catch((error: unknown) => log.error({ err: error }, 'upkeep could not be begun'))
  }, 10_000).unref()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await starting
      await Promise.all(owned.map((each) => each.stop()))
    },
  }
}
