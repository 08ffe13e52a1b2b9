import { dirname } from 'node:path'
import type { Database as SqliteFile } from 'better-sqlite3'
import type { SQL } from 'drizzle-orm'
import { NoxError } from '../errors.ts'
import { runDirectly } from './built-once.ts'
import { createChainHeads } from './chain-heads.ts'
import { sqliteColumns } from './columns.ts'
import type { Database, Tx } from './database.ts'
import { directStatements } from './direct-statements.ts'
import { BetterSqlite, orm, sqliteDriver } from './drizzle.ts'
import { storageError } from './failure.ts'
import { createGroupWriter } from './group-writer.ts'
import { keepStatements } from './keep-statements.ts'
import { lockFile } from './lock-file.ts'
import { makeFolder, makePrivateFile, unusable } from './make-folder.ts'
import { migrateSqlite } from './migrate.ts'
import { momentText } from './moment.ts'
import { ownChanges } from './own-changes.ts'
import { openForSync } from './sync-file.ts'
import { defineTables } from './tables.ts'

/** Pages of the WAL before it is written back (4 KB each): rarely, as most pages change again and again. */
const checkpointPages = 4_000
/** How long a unit waits for another process that writes at this moment (ms). */
const patience = 2_000

/**
 * Opens a SQLite file, brings its schema up to date, and keeps other processes from it.
 * @throws NoxError `storage` where the file can't be used, is newer than this NOX, or belongs to another process
 */
export function openSqlite(path: string): Database {
  const inMemory = path === ':memory:'
  const { writer, unlock } = inMemory ? { writer: openFile(path), unlock: () => {} } : ownFile(path)
  migrateSqlite(writer)
  const reader = inMemory ? writer : openFile(path)
  if (!inMemory) reader.pragma('query_only = ON')
  keepStatements(writer)
  if (reader !== writer) keepStatements(reader)
  const { drizzle } = sqliteDriver()
  const tx = drizzle(writer) as unknown as Tx
  const readTx = (inMemory ? tx : drizzle(reader)) as unknown as Tx
  runDirectly(tx, directStatements(writer))
  if (readTx !== tx) runDirectly(readTx, directStatements(reader))
  // `nox keys rotate` writes beside it, a few short statements: a unit waits for one of them, and does not fail.
  if (!inMemory) writer.pragma(`busy_timeout = ${patience}`)
  // From here on the group writer syncs each commit itself, without blocking the event loop (docs/decisions/0007).
  if (!inMemory) writer.pragma('synchronous = NORMAL')
  const wal = inMemory ? null : openForSync(`${path}-wal`)
  const chainHeads = createChainHeads()
  const queue = createGroupWriter(writer, tx, wal ? wal.sync : async () => {}, chainHeads.clear)
  return {
    dialect: 'sqlite',
    tables: defineTables(sqliteColumns()),
    moment: orm.sql.raw(momentText.sqlite) as SQL<number>,
    write: (tenantId, unit, onWritten) => queue.add(tenantId, unit, false, onWritten),
    writeSoon: (tenantId, unit) => queue.add(tenantId, unit, true),
    keep: (tenantId, unit) => queue.add(tenantId, unit, false),
    keepMonths: async () => {},
    read: async (_tenantId, unit) => {
      try {
        return await unit(readTx)
      } catch (error) {
        throw storageError(error)
      }
    },
    enter: async () => {},
    lockTenant: async () => {},
    chainHeads,
    pipeline: null,
    changes: ownChanges,
    async ping() {
      await queue.check()
      reader.prepare('select 1').get()
    },
    async close() {
      await queue.close()
      wal?.close()
      if (!inMemory) reader.close()
      writer.close()
      unlock()
    },
  }
}

/** The file, made where it is absent, and held by this process alone. */
function ownFile(path: string): { writer: SqliteFile; unlock: () => void } {
  try {
    makeFolder(dirname(path))
    const unlock = lockFile(path)
    makePrivateFile(path)
    return { writer: openFile(path), unlock }
  } catch (error) {
    if (error instanceof NoxError) throw error
    throw unusable(path, error)
  }
}

function openFile(path: string): SqliteFile {
  const file = new (BetterSqlite())(path, { timeout: 0 })
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
  file.pragma('secure_delete = ON')
  file.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  return file
}
