import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database as SqliteFile } from 'better-sqlite3'
import type { TransactionSql } from 'postgres'
import { NoxError } from '../errors.ts'
import { underLock } from './advisory-lock.postgres.ts'
import { changeTrigger, changeTriggers } from './changes.postgres.ts'
import { postgresClient, postgresDriver, postgresMigrator, sqliteDriver, sqliteMigrator } from './drizzle.ts'
import { storageError } from './failure.ts'
import { keepMonths } from './months.postgres.ts'
import { secureTables, tenantTables } from './secure-tables.postgres.ts'

const folder = (dialect: 'sqlite' | 'postgres') =>
  fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url))

interface Journal {
  readonly entries: readonly { readonly when: number }[]
}

/** The migrations that this version of NOX knows, oldest first (ms, as drizzle-kit stamps them). */
export function knownMigrations(dialect: 'sqlite' | 'postgres'): readonly number[] {
  const journal = JSON.parse(readFileSync(`${folder(dialect)}/meta/_journal.json`, 'utf8')) as Journal
  return journal.entries.map((entry) => entry.when)
}

const newestKnown = (dialect: 'sqlite' | 'postgres'): number => Math.max(...knownMigrations(dialect))

function refuseNewer(dialect: 'sqlite' | 'postgres', applied: number | null): void {
  if (applied === null || applied <= newestKnown(dialect)) return
  throw new NoxError(
    'storage',
    'This database was written by a newer version of NOX; start that version, or restore a backup.',
  )
}

/** Brings a SQLite file up to date. Foreign keys are off meanwhile: a rebuilt table would take its children with it. */
export function migrateSqlite(file: SqliteFile): void {
  const known = file.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get()
  const newest = known ? file.prepare('select max(created_at) from __drizzle_migrations').pluck().get() : null
  refuseNewer('sqlite', typeof newest === 'number' ? newest : null)
  if (newest === newestKnown('sqlite')) return
  const { migrate } = sqliteMigrator()
  file.pragma('foreign_keys = OFF')
  try {
    migrate(sqliteDriver().drizzle(file), { migrationsFolder: folder('sqlite') })
  } catch (error) {
    throw storageError(error)
  }
  const broken = file.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) throw new NoxError('storage', `${broken.length} rows lost their parents in a migration`)
  file.pragma('foreign_keys = ON')
}

/** Of what a start asks once: the newest migration that ran, how many tables hold their tenants apart, how many tell of changes. */
async function lookAt(client: TransactionSql): Promise<{
  readonly newest: number | null
  readonly secured: number
  readonly telling: number
  readonly hasMonth: boolean
}> {
  const [known] = await client`select to_regclass('drizzle.__drizzle_migrations') as name`
  if (!known?.name) return { newest: null, secured: 0, telling: 0, hasMonth: true }
  const [found] = await client`select (select max(created_at) from drizzle.__drizzle_migrations) as newest,
    (select count(*) from pg_class where relnamespace = current_schema()::regnamespace and relforcerowsecurity
      and relname = any(${[...tenantTables()]})) as secured,
    (select count(*) from pg_trigger join pg_class on pg_class.oid = tgrelid where tgname = ${changeTrigger}
      and relnamespace = current_schema()::regnamespace) as telling,
    to_regclass('audit_' || to_char(now() at time zone 'UTC', 'YYYY_MM')) is not null as "hasMonth"`
  return {
    newest: found?.newest ? Number(found.newest) : null,
    secured: Number(found?.secured),
    telling: Number(found?.telling),
    hasMonth: found?.hasMonth === true,
  }
}

/** Brings a Postgres database up to date, one process at a time. */
export async function migratePostgres(url: string): Promise<void> {
  try {
    await underLock(url, 'migrate', async (guard) => {
      const { newest, secured, telling, hasMonth } = await lookAt(guard)
      refuseNewer('postgres', newest)
      const isCurrent = newest === newestKnown('postgres')
      // After a long rest the month of today may lack: what is written now belongs there.
      if (isCurrent && !hasMonth) await keepMonths(url, Date.now())
      const isSecured = secured === tenantTables().length && telling === changeTriggers
      if (!isCurrent || !isSecured) await bringUpToDate(url, isCurrent)
    })
  } catch (error) {
    throw storageError(error)
  }
}

async function bringUpToDate(url: string, isCurrent: boolean): Promise<void> {
  const client = postgresClient()(url, { max: 1, connect_timeout: 5, prepare: false, onnotice: () => {} })
  try {
    if (!isCurrent) {
      const { migrate } = postgresMigrator()
      await migrate(postgresDriver().drizzle(client), { migrationsFolder: folder('postgres') })
    }
    await secureTables(client)
  } finally {
    await client.end({ timeout: 5 })
  }
}
