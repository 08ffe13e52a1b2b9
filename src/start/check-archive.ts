import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'
import { NoxError } from '../errors.ts'
import { makeFolder } from '../storage/make-folder.ts'

/**
 * Makes the folder of old audit records that somebody chose, where it is missing; the one beside a SQLite file is made
 * when it is needed. @throws NoxError `configuration` where it can't be written
 */
export function checkArchive({ archivePath: path, database }: Pick<Config, 'archivePath' | 'database'>): void {
  if (path === undefined || ('path' in database && dirname(path) === dirname(database.path))) return
  try {
    makeFolder(path)
    if (!statSync(path).isDirectory()) throw new Error('it is no folder')
    accessSync(path, constants.W_OK | constants.X_OK)
  } catch (error) {
    const why = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : 'unknown'
    throw new NoxError(
      'configuration',
      `NOX_ARCHIVE_PATH can't be used: ${path}, ${why}. It names a folder that NOX may write to, or a new one; without it, old audit records stay in the database.`,
    )
  }
}
