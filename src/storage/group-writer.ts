import type { Database as SqliteFile } from 'better-sqlite3'
import { NoxError } from '../errors.ts'
import type { Tx, Unit } from './database.ts'
import { storageError } from './failure.ts'
import { createWatch } from './stay-awake.ts'
import { createUnitQueue } from './unit-queue.ts'

/** Units of one commit and its sync; more wait for the next. */
const mostInOneCommit = 256
/** A disk that syncs slower than this (ms) is waited for asleep. */
const quickSync = 0.5

interface Queued {
  readonly tenantId: string
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
  /** Resolves when the unit is durable. `tenantId`: whose it is. `mayLinger`: it may wait some ms for others. */
  add<T>(tenantId: string | null, unit: Unit<T>, mayLinger: boolean, onWritten?: (value: T) => void): Promise<T>
  /** Rejects once a sync has failed: what the disk kept since then nobody knows. */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Writes units in groups: all that wait share a commit and its sync, and only then is anyone told. Units await only
 * queries of this synchronous driver, so nothing else runs between BEGIN and COMMIT; a unit that throws is rolled back
 * alone, for which the others of its group run once more: a unit changes nothing but the database.
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
  let broken: NoxError | undefined
  const watch = createWatch(quickSync)
  const tenantOf = ({ tenantId }: Queued) => tenantId
  const queue = createUnitQueue(mostInOneCommit, tenantOf, async (group: readonly Queued[], isAlone) =>
    syncWritten(await write(group), isAlone),
  )

  /** Tells those whose commit was written before this sync. */
  async function syncWritten(waiting: readonly Written[], isAlone: boolean): Promise<void> {
    const synced = broken ? Promise.reject(broken) : sync()
    const outcome = synced.then(
      () => undefined,
      (error: unknown) => error,
    )
    for (const { begin } of waiting) begin?.()
    if (isAlone) watch(outcome)
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
    try {
      if (broken) throw broken
      return (await writeTogether(group)) ?? (await writeEachSaved(group))
    } catch (error) {
      if (file.inTransaction) rollback.run()
      onUndo()
      for (const { reject } of group) reject(storageError(error))
      return []
    }
  }

  /** The usual way; `null` where a unit threw: nothing was written then. Savepoints cost a twelfth of a commit. */
  async function writeTogether(group: readonly Queued[]): Promise<Written[] | null> {
    const done: Written[] = []
    begin.run()
    try {
      for (const each of group) done.push(written(each, await each.unit(tx)))
    } catch {
      rollback.run()
      onUndo()
      return null
    }
    commit.run()
    return done
  }

  /** The same again, where one throws: it is undone alone. */
  async function writeEachSaved(group: readonly Queued[]): Promise<Written[]> {
    const done: Written[] = []
    begin.run()
    for (const each of group) {
      save.run()
      try {
        done.push(written(each, await each.unit(tx)))
      } catch (error) {
        undo.run()
        onUndo()
        done.push({ tell: () => each.reject(storageError(error)), reject: each.reject })
      }
      keep.run()
    }
    commit.run()
    return done
  }

  function written({ resolve, reject, onWritten }: Queued, value: unknown): Written {
    const begin = onWritten && { begin: () => onWritten(value as never) }
    return { tell: () => resolve(value), reject, ...begin }
  }

  return {
    add<T>(tenantId: string | null, unit: Unit<T>, mayLinger: boolean, onWritten?: (value: T) => void): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const told = { resolve: resolve as (value: unknown) => void, reject, onWritten }
        queue.add({ tenantId: tenantId ?? '', unit, ...told }, mayLinger)
      })
    },
    async check() {
      if (broken) throw broken
    },
    close: () => queue.close(),
  }
}
