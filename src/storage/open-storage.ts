import type { Vault } from '../vault/index.ts'
import { createAlertHooks, createAlertSettings } from './alert-settings.ts'
import { createKeptAlerts } from './alerts.ts'
import { createAliases } from './aliases.ts'
import { createArchive } from './archive.ts'
import { createAuditLog } from './audit.ts'
import { createBilling } from './billing.ts'
import { createCatalogue } from './catalogue.ts'
import { createClaims } from './claims.ts'
import type { Pooling } from './connections.postgres.ts'
import { openPostgres } from './database.postgres.ts'
import { openSqlite } from './database.sqlite.ts'
import type { Database } from './database.ts'
import { createGroupLinks } from './group-links.ts'
import { createIncidents } from './incidents.ts'
import { createInstallations, createOauthStates } from './installations.ts'
import { createIntegrations } from './integrations.ts'
import { createInvitations } from './invitations.ts'
import { createLedger } from './ledger.ts'
import { createLetters } from './letters.ts'
import { createMembers } from './members.ts'
import { createPurges } from './purges.ts'
import { createSchedules } from './schedules.ts'
import { createSecrets } from './secrets.ts'
import { createTenants } from './tenants.ts'
import type { Storage } from './types/storage.ts'
import { createWorkspaceJoins } from './workspace-joins.ts'
import { createZones } from './zones.ts'

/**
 * Opens the database and brings its schema up to date.
 * @param where `url`: Postgres, with what its pooler hands out (nothing: sessions); `path`: a SQLite file, or `:memory:`
 * @throws NoxError `storage` where it can't be reached, is newer than this NOX, or belongs to another process
 */
export async function openStorage(
  where: { readonly url: string; readonly pooling?: Pooling } | { readonly path: string },
  vault: Vault,
): Promise<Storage> {
  const database: Database = 'url' in where ? await openPostgres(where.url, where.pooling) : openSqlite(where.path)
  const secrets = createSecrets(database, vault)
  const installations = createInstallations(database, secrets)
  return {
    dialect: database.dialect,
    changes: database.changes,
    ledger: createLedger(database),
    audit: createAuditLog(database, secrets),
    archive: createArchive(database, secrets),
    purges: createPurges(database),
    tenants: createTenants(database, vault),
    members: createMembers(database),
    zones: createZones(database),
    aliases: createAliases(database),
    schedules: createSchedules(database),
    incidents: createIncidents(database),
    catalogue: createCatalogue(database, secrets),
    integrations: createIntegrations(database, secrets),
    alerts: createKeptAlerts(database),
    letters: createLetters(database),
    alertHooks: createAlertHooks(database),
    alertSettings: createAlertSettings(database),
    claims: createClaims(database),
    billing: createBilling(database),
    installations,
    workspaceJoins: createWorkspaceJoins(database, secrets, installations.forget),
    oauthStates: createOauthStates(database),
    invitations: createInvitations(database),
    groupLinks: createGroupLinks(database),
    rotateKeys: secrets.rotate,
    checkKeys: secrets.checkKeys,
    keepMonths: database.keepMonths,
    ping: database.ping,
    close: database.close,
  }
}
