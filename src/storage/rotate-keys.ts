import { existsSync } from 'node:fs'
import { NoxError } from '../errors.ts'
import type { Vault } from '../vault/index.ts'
import { openPostgres } from './database.postgres.ts'
import type { Database, Tx } from './database.ts'
import { BetterSqlite, sqliteDriver } from './drizzle.ts'
import { lookInto, newestMigration } from './inspect.sqlite.ts'
import { knownMigrations } from './migrate.ts'
import { createSecrets } from './secrets.ts'

/** How long it waits for what a running NOX writes at this moment (ms). */
const patience = 10_000

/**
 * Wraps every tenant's data key with the first master key, also while NOX runs on the database: each is one short
 * statement, and NOX reads the key anew for each secret. NOX must know the new master key already.
 * @returns how many tenants there are
 * @throws NoxError `storage` where a data key was wrapped by none of the keys, or the database is of another version
 */
export async function rotateKeys(
  where: { readonly url: string } | { readonly path: string },
  vault: Vault,
): Promise<number> {
  const { database, close } = 'url' in where ? await besidePostgres(where.url) : besideSqlite(where.path)
  try {
    return await createSecrets(database, vault).rotate()
  } finally {
    await close()
  }
}

async function besidePostgres(url: string) {
  // Any pooler does: this is done once in a while.
  const database = await openPostgres(url, 'transaction')
  return { database, close: () => database.close() }
}

function besideSqlite(path: string): { database: Database; close(): Promise<void> } {
  if (!existsSync(path)) throw new NoxError('storage', `there is no database at ${path}; set DATABASE_PATH.`)
  const file = new (BetterSqlite())(path, { timeout: patience })
  if (newestMigration(file) !== Math.max(...knownMigrations('sqlite'))) {
    file.close()
    throw new NoxError('storage', `${path} is not of this version: start NOX on it once, or run nox migrate.`)
  }
  file.pragma('synchronous = FULL')
  file.pragma('secure_delete = ON')
  // Who runs on it writes its log back.
  file.pragma('wal_autocheckpoint = 0')
  const tx = sqliteDriver().drizzle(file) as unknown as Tx
  const database: Database = { ...lookInto(file), write: (_tenantId, unit) => unit(tx) }
  return { database, close: async () => void file.close() }
}
