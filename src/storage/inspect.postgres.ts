import { postgresColumns } from './columns.ts'
import { createConnections } from './connections.postgres.ts'
import type { Inspected } from './database-facts.ts'
import { postgresClient } from './drizzle.ts'
import { storageError } from './failure.ts'
import { readOnlyDatabase } from './read-only-database.ts'
import { defineTables } from './tables.ts'
import { createUnits } from './units.postgres.ts'

/** @throws NoxError `storage` where the server can't be reached or refuses */
export async function inspectPostgres(url: string): Promise<Inspected> {
  const client = postgresClient()(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    prepare: false,
    connection: { application_name: 'nox doctor' },
  })
  // As through a pooler that hands out transactions: that holds through any other too.
  const connections = createConnections(url, 4, 'nox doctor', 'transaction')
  try {
    // The first answer pays for the connection; the clock is asked on one that stands.
    await client`select 1`
    const asked = Date.now()
    const [row] = await client<
      { version: string; at: string; size: string; readOnly: boolean; may: boolean; known: string | null }[]
    >`select current_setting('server_version') as version, extract(epoch from clock_timestamp()) * 1000 as at,
        pg_database_size(current_database()) as size,
        pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "readOnly",
        has_database_privilege(current_database(), 'CREATE') as may,
        to_regclass('drizzle.__drizzle_migrations')::text as known`
    const answered = Date.now()
    const [newest] = row?.known ? await client`select max(created_at) as at from drizzle.__drizzle_migrations` : []
    return {
      facts: {
        version: `PostgreSQL ${row?.version}`,
        newestMigration: newest?.at ? Number(newest.at) : null,
        openToOthers: [],
        writeProblem: row?.readOnly
          ? 'the server is a replica or read only'
          : row?.may
            ? null
            : 'the role may not CREATE in this database, so that migrations could not run',
        freeBytes: null,
        sizeBytes: Number(row?.size),
        clockAheadMs: Math.round(Number(row?.at) - (asked + answered) / 2),
        isInUse: null,
      },
      database: readOnlyDatabase('postgres', defineTables(postgresColumns()), createUnits(connections).read),
      async close() {
        await Promise.all([connections.close(), client.end({ timeout: 5 })])
      },
    }
  } catch (error) {
    await Promise.all([connections.close(), client.end({ timeout: 1 })])
    throw storageError(error)
  }
}
