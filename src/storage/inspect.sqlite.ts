import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database as SqliteFile } from 'better-sqlite3'
import { sqliteColumns } from './columns.ts'
import type { Database, Tx } from './database.ts'
import type { DatabaseFacts, Inspected } from './database-facts.ts'
import { BetterSqlite, sqliteDriver } from './drizzle.ts'
import { storageError } from './failure.ts'
import { existingFolder } from './make-folder.ts'
import { readOnlyDatabase } from './read-only-database.ts'
import { defineTables } from './tables.ts'

function writeProblem(path: string): string | null {
  try {
    accessSync(existingFolder(path), constants.W_OK)
    if (existsSync(path)) accessSync(path, constants.W_OK)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

/** The file and its log, where other users of this machine may read or change them. */
function openToOthers(path: string): readonly string[] {
  if (process.platform === 'win32') return []
  return ['', '-wal', '-shm']
    .map((end) => `${path}${end}`)
    .filter((each) => existsSync(each) && (statSync(each).mode & 0o077) !== 0)
}

/** A running NOX holds the lock database beside the file. */
function isInUse(path: string): boolean {
  if (!existsSync(`${path}.lock`)) return false
  const lock = new (BetterSqlite())(`${path}.lock`, { readonly: true, timeout: 0 })
  try {
    lock.prepare('select count(*) from sqlite_master').get()
    return false
  } catch {
    return true
  } finally {
    lock.close()
  }
}

/** When the newest migration that a file has had was generated (ms); `null` = it has had none. */
export function newestMigration(file: SqliteFile): number | null {
  const known = file.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get()
  const newest = known ? file.prepare('select max(created_at) from __drizzle_migrations').pluck().get() : null
  return typeof newest === 'number' ? newest : null
}

/** A file, to be read alone. */
export function lookInto(file: SqliteFile): Database {
  const tx = sqliteDriver().drizzle(file) as unknown as Tx
  return readOnlyDatabase('sqlite', defineTables(sqliteColumns()), async (_tenantId, unit) => {
    try {
      return await unit(tx)
    } catch (error) {
      throw storageError(error)
    }
  })
}

/** @throws NoxError `storage` where the file is no database */
export function inspectSqlite(given: string): Inspected {
  const path = resolve(given)
  const { bavail, bsize } = statfsSync(existingFolder(path))
  const sizeOf = (name: string) => (existsSync(name) ? statSync(name).size : 0)
  const ofDisk = {
    writeProblem: writeProblem(path),
    openToOthers: openToOthers(path),
    freeBytes: bavail * bsize,
    sizeBytes: sizeOf(path) + sizeOf(`${path}-wal`),
    clockAheadMs: null,
  }
  try {
    const file = existsSync(path) ? new (BetterSqlite())(path, { readonly: true, timeout: 1_000 }) : null
    const any = file ?? new (BetterSqlite())(':memory:')
    const facts: DatabaseFacts = {
      ...ofDisk,
      version: `SQLite ${any.prepare('select sqlite_version()').pluck().get()}`,
      newestMigration: file && newestMigration(file),
      isInUse: isInUse(path),
    }
    return { facts, database: file && lookInto(file), close: async () => void any.close() }
  } catch (error) {
    throw storageError(error)
  }
}
