import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database as SqliteFile } from 'better-sqlite3'
import { NoxError } from '../errors.ts'
import { postgresClient, postgresDriver, postgresMigrator, sqliteDriver, sqliteMigrator } from './drizzle.ts'
import { storageError } from './failure.ts'

const folder = (dialect: 'sqlite' | 'postgres') =>
  fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url))

/** Any number: all processes of NOX take the same advisory lock. */
const lockId = 7_082_634

interface Journal {
  readonly entries: readonly { readonly when: number }[]
}

/** The newest migration that this version of NOX knows (ms, as drizzle-kit stamps it). */
function newestKnown(dialect: 'sqlite' | 'postgres'): number {
  const journal = JSON.parse(readFileSync(`${folder(dialect)}/meta/_journal.json`, 'utf8')) as Journal
  return Math.max(...journal.entries.map((entry) => entry.when))
}

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

/** Brings a Postgres database up to date under an advisory lock, on one connection. */
export async function migratePostgres(url: string): Promise<void> {
  const client = postgresClient()(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    await client`select pg_advisory_lock(${lockId})`
    const [known] = await client`select to_regclass('drizzle.__drizzle_migrations') as name`
    const [newest] = known?.name ? await client`select max(created_at) as at from drizzle.__drizzle_migrations` : []
    refuseNewer('postgres', newest?.at ? Number(newest.at) : null)
    if (newest?.at && Number(newest.at) === newestKnown('postgres')) return
    const { migrate } = postgresMigrator()
    await migrate(postgresDriver().drizzle(client), { migrationsFolder: folder('postgres') })
  } catch (error) {
    throw storageError(error)
  } finally {
    await client.end({ timeout: 5 })
  }
}
