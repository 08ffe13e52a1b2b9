import { NoxError } from '../errors.ts'
import { BetterSqlite } from './drizzle.ts'
import { makePrivateFile } from './make-folder.ts'

/**
 * One process owns a file: a lock database beside it is held until the lock is given back.
 * @throws NoxError `storage` where another process holds it; SqliteError where the file can't be made
 */
export function lockFile(path: string): () => void {
  makePrivateFile(`${path}.lock`)
  const lock = new (BetterSqlite())(`${path}.lock`, { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error
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
