import { existsSync } from 'node:fs'
import { type DatabaseConfig, readConfig } from '../config.ts'
import { NoxError } from '../errors.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/types/storage.ts'
import { createVault } from '../vault/index.ts'

/**
 * A command that looks into a database makes none: in the wrong folder an empty one would look well.
 * @throws NoxError `not-found` where the SQLite file is absent
 */
export function requireDatabase(database: DatabaseConfig): void {
  if ('url' in database || existsSync(database.path)) return
  throw new NoxError(
    'not-found',
    `there is no database at ${database.path}: run this in the folder that NOX runs in, or set DATABASE_PATH or DATABASE_URL as there.`,
  )
}

/**
 * The configured database, for the commands that need no Slack.
 * @param mayMake makes the file where it is absent
 * @throws NoxError `not-found` where it is absent otherwise
 */
export async function openConfiguredStorage(mayMake = false): Promise<Storage> {
  const config = readConfig()
  if (!mayMake) requireDatabase(config.database)
  return openStorage(config.database, createVault(config.masterKeys))
}
