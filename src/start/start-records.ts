import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../actions/services.ts'

/** How often what is kept is looked at (ms). */
const every = 6 * 3_600_000

/** Moves old audit records out and purges who left, in one process of all; loaded at the first look. */
export function startRecords(
  services: Services,
  archivePath: string | undefined,
  firstAfter = 60_000,
): { stop(): Promise<void> } {
  const { log, storage } = services
  let stopOwn: (() => Promise<void>) | undefined
  let starting: Promise<void> = Promise.resolve()
  let isStopped = false

  async function begin(): Promise<void> {
    const [{ createOwn }, { keepRecords }] = await Promise.all([
      import('../duties/own.ts'),
      import('../request/records/keep-records.ts'),
    ])
    if (isStopped) return
    const own = createOwn({ claims: storage.claims, owner: services.newId(), log })
    const owned = own('records', async (signal) => {
      while (!signal.aborted) {
        await keepRecords(services, archivePath, signal)
        await sleep(every, undefined, { signal }).catch(() => {})
      }
    })
    stopOwn = owned.stop
  }

  const timer = setTimeout(() => {
    starting = begin().catch((error: unknown) => log.error({ err: error }, 'records could not be looked at'))
  }, firstAfter).unref()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await starting
      await stopOwn?.()
    },
  }
}
