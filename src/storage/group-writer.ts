import type { Database as SqliteFile } from 'better-sqlite3'
import { NoxError } from '../errors.ts'
import type { Tx, Unit } from './database.ts'
import { storageError } from './failure.ts'

/** How long a unit may wait for others to share its commit (ms). */
const lingerMs = 5
/** Units of one commit; more wait for the next. */
const mostInOneCommit = 256

interface Queued {
  readonly unit: Unit<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

export interface GroupWriter {
  /** Resolves when the unit is durable. `mayLinger`: it may wait some ms for others. */
  add<T>(unit: Unit<T>, mayLinger: boolean): Promise<T>
  /** Rejects once a sync has failed: what the disk kept since then nobody knows. */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Writes units in groups: all that wait share a commit and its sync. Units await only queries of this synchronous
 * driver, so nothing else runs between BEGIN and COMMIT; a unit that throws is rolled back alone.
 * @param sync makes what was committed durable; the next group gathers meanwhile
 * @param onUndo told whenever something of a group was rolled back
 */
export function createGroupWriter(
  file: SqliteFile,
  tx: Tx,
  sync: () => Promise<void>,
  onUndo: () => void,
): GroupWriter {
  const begin = file.prepare('BEGIN IMMEDIATE')
  const commit = file.prepare('COMMIT')
  const rollback = file.prepare('ROLLBACK')
  const save = file.prepare('SAVEPOINT unit')
  const keep = file.prepare('RELEASE unit')
  const undo = file.prepare('ROLLBACK TO unit')
  let waiting: Queued[] = []
  let soon: NodeJS.Timeout | undefined
  /** Someone waits who may not linger. */
  let isDue = false
  let working: Promise<void> | undefined
  let isClosed = false
  let broken: NoxError | undefined

  async function work(): Promise<void> {
    while (isDue) {
      clearTimeout(soon)
      soon = undefined
      const group = waiting.slice(0, mostInOneCommit)
      waiting = waiting.slice(mostInOneCommit)
      isDue = waiting.length > 0
      await writeGroup(group)
    }
    working = undefined
  }

  async function writeGroup(group: readonly Queued[]): Promise<void> {
    const done: (() => void)[] = []
    try {
      if (broken) throw broken
      begin.run()
      for (const { unit, resolve, reject } of group) {
        save.run()
        try {
          const value = await unit(tx)
          done.push(() => resolve(value))
        } catch (error) {
          undo.run()
          onUndo()
          done.push(() => reject(storageError(error)))
        }
        keep.run()
      }
      commit.run()
      await sync().catch((error: unknown) => {
        broken = new NoxError('storage', `the database can't be written safely any more; restart NOX: ${error}`)
        throw broken
      })
    } catch (error) {
      if (file.inTransaction) rollback.run()
      onUndo()
      for (const { reject } of group) reject(storageError(error))
      return
    }
    for (const tell of done) tell()
  }

  const startSoon = () => {
    isDue = true
    working ??= work()
  }

  return {
    add<T>(unit: Unit<T>, mayLinger: boolean): Promise<T> {
      if (isClosed) return Promise.reject(new NoxError('storage', 'the database is closed'))
      return new Promise<T>((resolve, reject) => {
        waiting.push({ unit, resolve: resolve as (value: unknown) => void, reject })
        if (isDue) return
        if (mayLinger) {
          soon ??= setTimeout(startSoon, lingerMs)
          return
        }
        isDue = true
        // Whoever is read in the same turn of the event loop shares the commit.
        working ??= new Promise<void>((next) => setImmediate(next)).then(work)
      })
    },
    async check() {
      if (broken) throw broken
    },
    async close() {
      isClosed = true
      clearTimeout(soon)
      isDue = waiting.length > 0
      working ??= work()
      await working
    },
  }
}
