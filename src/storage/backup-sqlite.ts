import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { NoxError } from '../errors.ts'
import { createAuditLog } from './audit.ts'
import { BetterSqlite } from './drizzle.ts'
import { storageError } from './failure.ts'
import { lookInto } from './inspect.sqlite.ts'
import { makePrivateFile } from './make-folder.ts'

export interface BackupReport {
  readonly bytes: number
  readonly tenants: number
  readonly auditRecords: number
}

/** All pages in one step: a backup that is interrupted by each commit of a running NOX would never end. */
const allPages = 0x7fff_ffff

/**
 * A copy of a SQLite database as it is at one moment, also while NOX runs on it. It is checked before it gets its name.
 * @throws NoxError `storage` where there is nothing to copy, the file is there already, or the copy is not whole
 */
export async function backupSqlite(path: string, to: string): Promise<BackupReport> {
  if (!existsSync(path)) throw new NoxError('storage', `there is no database at ${path}; set DATABASE_PATH.`)
  if (existsSync(to)) throw new NoxError('storage', `${to} is there already; a backup replaces nothing.`)
  if (!existsSync(dirname(to))) throw new NoxError('storage', `there is no folder ${dirname(to)}.`)
  const part = `${to}.part`
  rmSync(part, { force: true })
  // It holds the sealed secrets of every tenant.
  makePrivateFile(part)
  try {
    const source = new (BetterSqlite())(path, { readonly: true, timeout: 5_000 })
    try {
      await source.backup(part, { progress: () => allPages })
    } finally {
      source.close()
    }
    const report = await examine(part)
    sync(part)
    renameSync(part, to)
    return { ...report, bytes: statSync(to).size }
  } catch (error) {
    throw storageError(error)
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${part}${end}`, { force: true })
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Every page, and every audit chain. */
async function examine(path: string): Promise<Omit<BackupReport, 'bytes'>> {
  const file = new (BetterSqlite())(path)
  try {
    // One file alone, without a log beside it; NOX turns the log on again.
    file.pragma('journal_mode = DELETE')
    const sound = file.pragma('integrity_check', { simple: true })
    if (sound !== 'ok') throw new NoxError('storage', `the copy is damaged, and so may the database be: ${sound}`)
    const database = lookInto(file)
    const { tenants } = database.tables
    const ids = await database.read(null, async (tx) => tx.select({ id: tenants.id }).from(tenants))
    let auditRecords = 0
    for (const { id } of ids) {
      const { ok, count, brokenAt, archived = 0 } = await createAuditLog(database).verify(id)
      if (!ok) throw new NoxError('storage', `the audit chain of tenant ${id} is broken at record ${brokenAt}`)
      auditRecords += count - archived
    }
    return { tenants: ids.length, auditRecords }
  } finally {
    file.close()
  }
}
