import type { Vault } from '../vault/index.ts'
import { createAuditLog } from './audit.ts'
import { createCatalogue } from './catalogue.ts'
import { openPostgres } from './database.postgres.ts'
import { openSqlite } from './database.sqlite.ts'
import type { Database } from './database.ts'
import { createInstallations, createOauthStates } from './installations.ts'
import { createLedger } from './ledger.ts'
import { createMembers } from './members.ts'
import { createSecrets } from './secrets.ts'
import { createTenants } from './tenants.ts'
import type { Storage } from './types.ts'
import { createZones } from './zones.ts'

/**
 * Opens the database and brings its schema up to date.
 * @param where `url`: Postgres; `path`: a SQLite file, or `:memory:`
 * @throws NoxError `storage` where it can't be reached, is newer than this NOX, or belongs to another process
 */
export async function openStorage(
  where: { readonly url: string } | { readonly path: string },
  vault: Vault,
  now: () => number = Date.now,
): Promise<Storage> {
  const database: Database = 'url' in where ? await openPostgres(where.url) : openSqlite(where.path)
  const secrets = createSecrets(database, vault)
  return {
    dialect: database.dialect,
    ledger: createLedger(database),
    audit: createAuditLog(database),
    tenants: createTenants(database, vault),
    members: createMembers(database),
    zones: createZones(database),
    catalogue: createCatalogue(database, secrets),
    installations: createInstallations(database, secrets, now),
    oauthStates: createOauthStates(database),
    rotateKeys: secrets.rotate,
    ping: database.ping,
    close: database.close,
  }
}
