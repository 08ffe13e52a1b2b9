import { NoxError } from '../errors.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { inspectPostgres } from './inspect.postgres.ts'
import { inspectSqlite } from './inspect.sqlite.ts'
import { knownMigrations } from './migrate.ts'
import type { Tables } from './tables.ts'
import { readRows, tenantTablesOf } from './tenant-rows.ts'

/** What opens something: sealed credentials, keys and the hashes of tokens. It is in no export. */
const secretColumns: { readonly [Name in keyof Tables]?: readonly (keyof Tables[Name]['_']['columns'])[] } = {
  tenants: ['dataKey'],
  installations: ['botToken'],
  invitations: ['tokenHash'],
  workspaceJoins: ['codeHash'],
  clusters: ['access'],
  alertHooks: ['secretHash'],
  integrations: ['secrets'],
}

const pageSize = 500

/** One line of an export. */
export interface ExportedRow {
  readonly table: string
  /** By the names that the columns have in the database. */
  readonly row: Readonly<Record<string, unknown>>
}

/** Everything of one tenant, table by table, without what is secret. */
export async function* exportTenant(database: Database, tenantId: string): AsyncGenerator<ExportedRow> {
  for (const table of tenantTablesOf(database)) {
    const hidden = (secretColumns[table.key] ?? []) as readonly string[]
    const columns = Object.entries(orm.getTableColumns(database.tables[table.key])).filter(
      ([key]) => !hidden.includes(key),
    )
    for (let after: Readonly<Record<string, unknown>> | null = null; ; ) {
      const page = await readRows(database, table, tenantId, after, pageSize)
      for (const row of page) {
        yield { table: table.name, row: Object.fromEntries(columns.map(([key, { name }]) => [name, row[key]])) }
      }
      if (page.length < pageSize) break
      after = page.at(-1) ?? null
    }
  }
}

/**
 * Opens a database to be read alone, also beside a running NOX.
 * @throws NoxError `storage` where it can't be reached, or is of another version
 */
export async function openToRead(where: { readonly url: string } | { readonly path: string }) {
  const dialect = 'url' in where ? 'postgres' : 'sqlite'
  const { facts, database, close } = 'url' in where ? await inspectPostgres(where.url) : inspectSqlite(where.path)
  if (database && facts.newestMigration === Math.max(...knownMigrations(dialect))) return { database, close }
  await close()
  throw new NoxError('storage', 'the database is not of this version: start NOX on it once, or run nox migrate.')
}
