import { postgresColumns } from './columns.ts'
import { defineTables } from './tables.ts'

/** The schema as Postgres has it; drizzle-kit reads it to write `migrations/postgres`. */
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
} = defineTables(postgresColumns())
