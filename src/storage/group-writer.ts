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
  readonly onWritten: ((value: never) => void) | undefined
}

/** A unit whose commit is written, not yet synced. */
interface Written {
  readonly tell: () => void
  /** What may begin while the sync is under way. */
  readonly begin?: () => void
  readonly reject: (error: unknown) => void
}

export interface GroupWriter {
  /** Resolves when the unit is durable. `mayLinger`: it may wait some ms for others. */
  add<T>(unit: Unit<T>, mayLinger: boolean, onWritten?: (value: T) => void): Promise<T>
  /** Rejects once a sync has failed: what the disk kept since then nobody knows. */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Writes units in groups: all that wait share a commit and its sync, and only then is anyone told. Units await only
 * queries of this synchronous driver, so nothing else runs between BEGIN and COMMIT; a unit that throws is rolled back
 * alone. A lone unit goes first: those that may linger are written while its sync is under way, and share the next.
 * @param sync makes what was committed durable
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
  let urgent: Queued[] = []
  let lingering: Queued[] = []
  let written: Written[] = []
  let soon: NodeJS.Timeout | undefined
  /** Someone waits who may not linger, or no longer. */
  let isDue = false
  let working: Promise<void> | undefined
  let isClosed = false
  let broken: NoxError | undefined

  async function work(): Promise<void> {
    while (isDue) {
      clearTimeout(soon)
      soon = undefined
      const isLone = urgent.length === 1
      const group = isLone ? urgent : [...lingering, ...urgent]
      urgent = []
      if (!isLone) lingering = []
      isDue = false
      for (let from = 0; from < group.length; from += mostInOneCommit) {
        written.push(...(await write(group.slice(from, from + mostInOneCommit))))
      }
      await syncWritten(isLone)
    }
    working = undefined
    if (written.length > 0 || lingering.length > 0) soon ??= setTimeout(startNow, lingerMs)
  }

  /** Tells those whose commit was written before this sync. */
  async function syncWritten(takeLingering: boolean): Promise<void> {
    const waiting = written
    written = []
    const synced = broken ? Promise.reject(broken) : sync()
    const outcome = synced.then(
      () => undefined,
      (error: unknown) => error,
    )
    for (const { begin } of waiting) begin?.()
    if (takeLingering && lingering.length > 0) {
      const group = lingering.splice(0, mostInOneCommit)
      written = await write(group)
    }
    const error = await outcome
    if (error === undefined) {
      for (const { tell } of waiting) tell()
      return
    }
    broken ??= new NoxError('storage', `the database can't be written safely any more; restart NOX: ${error}`)
    for (const { reject } of waiting) reject(broken)
  }

  /** One transaction; gives whom to tell once it is synced. */
  async function write(group: readonly Queued[]): Promise<Written[]> {
    const done: Written[] = []
    try {
      if (broken) throw broken
      begin.run()
      for (const { unit, resolve, reject, onWritten } of group) {
        save.run()
        try {
          const value = await unit(tx)
          const begin = onWritten && { begin: () => onWritten(value as never) }
          done.push({ tell: () => resolve(value), reject, ...begin })
        } catch (error) {
          undo.run()
          onUndo()
          done.push({ tell: () => reject(storageError(error)), reject })
        }
        keep.run()
      }
      commit.run()
      return done
    } catch (error) {
      if (file.inTransaction) rollback.run()
      onUndo()
      for (const { reject } of group) reject(storageError(error))
      return []
    }
  }

  function startNow(): void {
    isDue = true
    working ??= work()
  }

  return {
    add<T>(unit: Unit<T>, mayLinger: boolean, onWritten?: (value: T) => void): Promise<T> {
      if (isClosed) return Promise.reject(new NoxError('storage', 'the database is closed'))
      return new Promise<T>((resolve, reject) => {
        const queue = mayLinger ? lingering : urgent
        queue.push({ unit, resolve: resolve as (value: unknown) => void, reject, onWritten })
        if (isDue) return
        if (mayLinger) {
          soon ??= setTimeout(startNow, lingerMs)
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
      await working
      startNow()
      await working
      clearTimeout(soon)
      if (written.length > 0) await syncWritten(false)
    },
  }
}
