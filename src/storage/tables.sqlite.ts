import { sqliteColumns } from './columns.ts'
import { defineTables } from './tables.ts'

/** The schema as SQLite has it; drizzle-kit reads it to write `migrations/sqlite`. */
export const {
  tenants,
  installations,
  oauthStates,
  members,
  zones,
  clusters,
  services,
  backupTargets,
  channelDefaults,
  quotas,
  actions,
  audit,
} = defineTables(sqliteColumns())
