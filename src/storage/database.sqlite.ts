import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database as SqliteFile } from 'better-sqlite3'
import { NoxError } from '../errors.ts'
import { sqliteColumns } from './columns.ts'
import type { Database, Tx, Unit } from './database.ts'
import { BetterSqlite, sqliteDriver } from './drizzle.ts'
import { storageError } from './failure.ts'
import { keepStatements } from './keep-statements.ts'
import { migrateSqlite } from './migrate.ts'
import { defineTables } from './tables.ts'

/** How long a unit may wait for others to share its commit (ms). */
const lingerMs = 5
/** Units of one commit; more wait for the next. */
const mostInOneCommit = 256

interface Queued {
  readonly unit: Unit<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Opens a SQLite file, brings its schema up to date, and keeps other processes from it. */
export function openSqlite(path: string): Database {
  const inMemory = path === ':memory:'
  if (!inMemory) mkdirSync(dirname(path), { recursive: true })
  const unlock = inMemory ? () => {} : lockFile(path)
  const writer = openFile(path)
  migrateSqlite(writer)
  const reader = inMemory ? writer : openFile(path)
  if (!inMemory) reader.pragma('query_only = ON')
  keepStatements(writer)
  if (reader !== writer) keepStatements(reader)
  const { drizzle } = sqliteDriver()
  const tx = drizzle(writer) as unknown as Tx
  const readTx = (inMemory ? tx : drizzle(reader)) as unknown as Tx
  const queue = createGroupWriter(writer, tx)
  return {
    dialect: 'sqlite',
    tables: defineTables(sqliteColumns()),
    write: (_tenantId, unit) => queue.add(unit, false),
    writeSoon: (_tenantId, unit) => queue.add(unit, true),
    read: async (_tenantId, unit) => {
      try {
        return await unit(readTx)
      } catch (error) {
        throw storageError(error)
      }
    },
    lockTenant: async () => {},
    async ping() {
      reader.prepare('select 1').get()
    },
    async close() {
      await queue.close()
      if (!inMemory) reader.close()
      writer.close()
      unlock()
    },
  }
}

function openFile(path: string): SqliteFile {
  const file = new (BetterSqlite())(path, { timeout: 0 })
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
  file.pragma('secure_delete = ON')
  return file
}

/** One process owns a file: a lock database beside it is held as long as NOX runs. */
function lockFile(path: string): () => void {
  const lock = new (BetterSqlite())(`${path}.lock`, { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new NoxError(
      'storage',
      `${path} is in use by another process of NOX; stop it, or give each its own DATABASE_PATH.`,
    )
  }
  return () => {
    lock.exec('ROLLBACK')
    lock.close()
  }
}

/**
 * Writes units in groups: those that arrive in one turn of the event loop share a commit. Units await only queries of
 * this synchronous driver, so nothing else runs between BEGIN and COMMIT; a unit that throws is rolled back alone.
 */
function createGroupWriter(file: SqliteFile, tx: Tx) {
  const begin = file.prepare('BEGIN IMMEDIATE')
  const commit = file.prepare('COMMIT')
  const rollback = file.prepare('ROLLBACK')
  const save = file.prepare('SAVEPOINT unit')
  const keep = file.prepare('RELEASE unit')
  const undo = file.prepare('ROLLBACK TO unit')
  let waiting: Queued[] = []
  let soon: NodeJS.Timeout | undefined
  let scheduled = false
  let running: Promise<void> = Promise.resolve()
  let isClosed = false

  async function flush(): Promise<void> {
    scheduled = false
    clearTimeout(soon)
    soon = undefined
    while (waiting.length > 0) {
      const group = waiting.slice(0, mostInOneCommit)
      waiting = waiting.slice(mostInOneCommit)
      await writeGroup(group)
    }
  }

  async function writeGroup(group: readonly Queued[]): Promise<void> {
    const done: (() => void)[] = []
    try {
      begin.run()
      for (const { unit, resolve, reject } of group) {
        save.run()
        try {
          const value = await unit(tx)
          done.push(() => resolve(value))
        } catch (error) {
          undo.run()
          done.push(() => reject(storageError(error)))
        }
        keep.run()
      }
      commit.run()
    } catch (error) {
      if (file.inTransaction) rollback.run()
      for (const { reject } of group) reject(storageError(error))
      return
    }
    for (const tell of done) tell()
  }

  const start = () => {
    running = running.then(flush)
  }

  return {
    add<T>(unit: Unit<T>, mayLinger: boolean): Promise<T> {
      if (isClosed) return Promise.reject(new NoxError('storage', 'the database is closed'))
      return new Promise<T>((resolve, reject) => {
        waiting.push({ unit, resolve: resolve as (value: unknown) => void, reject })
        if (scheduled) return
        if (mayLinger) {
          soon ??= setTimeout(start, lingerMs)
          return
        }
        scheduled = true
        setImmediate(start)
      })
    },
    async close() {
      isClosed = true
      start()
      await running
    },
  }
}
