import type { Vault } from '../vault/index.ts'
import { createCatalogue } from './catalogue.ts'
import type { DatabaseFacts } from './database-facts.ts'
import { inspectPostgres } from './inspect.postgres.ts'
import { inspectSqlite } from './inspect.sqlite.ts'
import { createInstallations } from './installations.ts'
import { createIntegrations } from './integrations.ts'
import { knownMigrations } from './migrate.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { createTenants } from './tenants.ts'
import type { Storage } from './types/storage.ts'

export interface Inspection extends DatabaseFacts {
  readonly dialect: 'sqlite' | 'postgres'
  readonly pendingMigrations: number
  readonly isNewer: boolean
  /** What stands in it, to read alone; `null` where the schema is not this version's. */
  readonly contents:
    | (Pick<Storage, 'tenants' | 'installations' | 'catalogue' | 'integrations'> & Pick<Secrets, 'knowsInstallation'>)
    | null
  close(): Promise<void>
}

/**
 * Looks at a database beside a running NOX, and changes nothing: no migration, no lock, no file that was not there.
 * @throws NoxError `storage` where it can't be reached
 */
export async function inspectStorage(
  where: { readonly url: string } | { readonly path: string },
  vault: Vault,
): Promise<Inspection> {
  const dialect = 'url' in where ? 'postgres' : 'sqlite'
  const { facts, database, close } = 'url' in where ? await inspectPostgres(where.url) : inspectSqlite(where.path)
  const known = knownMigrations(dialect)
  const newest = facts.newestMigration ?? Number.NEGATIVE_INFINITY
  const pendingMigrations = known.filter((when) => when > newest).length
  const isNewer = newest > Math.max(...known)
  const isCurrent = pendingMigrations === 0 && !isNewer
  const secrets = database && createSecrets(database, vault)
  const contents =
    database && secrets && isCurrent
      ? {
          knowsInstallation: secrets.knowsInstallation,
          tenants: createTenants(database, vault),
          installations: createInstallations(database, secrets),
          catalogue: createCatalogue(database, secrets),
          integrations: createIntegrations(database, secrets),
        }
      : null
  return { ...facts, dialect, pendingMigrations, isNewer, contents, close }
}
