import { existsSync } from 'node:fs'
import { NoxError } from '../errors.ts'
import { createAuditLog } from './audit.ts'
import { postgresColumns } from './columns.ts'
import type { Database, Tx } from './database.ts'
import { BetterSqlite, orm, postgresClient, postgresDriver } from './drizzle.ts'
import { storageError } from './failure.ts'
import { lookInto, newestMigration } from './inspect.sqlite.ts'
import { lockFile } from './lock-file.ts'
import { knownMigrations, migratePostgres } from './migrate.ts'
import { readOnlyDatabase } from './read-only-database.ts'
import type { Role } from './roles.postgres.ts'
import { defineTables, type Tables } from './tables.ts'
import type { ChainReport } from './types/audit.ts'

/** What was copied, all of it verified. */
export interface CopyReport {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>
  readonly chains: readonly (ChainReport & { readonly tenantId: string })[]
}

/** Rows of one page; the widest table has 29 columns, and a statement takes 65,535 values. */
const pageSize = 500

/**
 * Copies a whole installation from a SQLite file that no NOX runs on into an empty Postgres database (a
 * NOX may have been started on it, as long as nobody installed it), in one transaction: it is there whole and verified, or not at all, and can be tried again.
 * @throws NoxError `storage` where the file is in use or of another version, the target is not empty, or the copy
 *   differs from what was copied
 */
export async function copyToPostgres(path: string, url: string): Promise<CopyReport> {
  if (!existsSync(path)) throw new NoxError('storage', `there is no database at ${path}; set DATABASE_PATH.`)
  const unlock = lockFile(path)
  try {
    const file = new (BetterSqlite())(path, { readonly: true })
    try {
      if (newestMigration(file) !== Math.max(...knownMigrations('sqlite'))) {
        throw new NoxError('storage', `${path} is not of this version: start NOX on it once, or run nox migrate.`)
      }
      await migratePostgres(url)
      return await copyInOneTransaction(lookInto(file), url)
    } finally {
      file.close()
    }
  } finally {
    unlock()
  }
}

async function copyInOneTransaction(source: Database, url: string): Promise<CopyReport> {
  const client = postgresClient()(url, { max: 1, connect_timeout: 5, prepare: false, onnotice: () => {} })
  const tables = defineTables(postgresColumns())
  try {
    return await postgresDriver()
      .drizzle(client)
      .transaction(async (transaction) => {
        const tx = transaction as unknown as Tx
        // Nobody else writes meanwhile, a NOX that was started too early neither.
        for (const table of Object.values(tables))
          await transaction.execute(orm.sql`lock table ${table} in exclusive mode`)
        const become = (role: Role, tenantId = '') =>
          transaction.execute(
            orm.sql`select set_config('role', ${role}, true), set_config('app.tenant_id', ${tenantId}, true)`,
          )
        const target = readOnlyDatabase('postgres', tables, async (_tenantId, unit) => {
          await become('nox_backup')
          return unit(tx)
        })
        // What a NOX writes that was started here once: nobody's, and the source has its own.
        await become('nox_worker')
        await tx.delete(tables.masterKeyProofs)
        await requireEmpty(target)
        const rows: Record<string, number> = {}
        for (const name of Object.keys(tables) as (keyof Tables)[]) {
          for (let after = 0; ; ) {
            const page = await readPage(source, name, after)
            const last = page.at(-1)
            if (!last) break
            after = last.position
            for (const [tenantId, part] of Map.groupBy(page, ({ row }) => tenantOf(name, row))) {
              await become(tenantId === null ? 'nox_worker' : 'nox_app', tenantId ?? '')
              await tx.insert(tables[name]).values(part.map((each) => each.row) as never)
            }
          }
          rows[orm.getTableName(tables[name])] = await requireSameCount(source, target, name)
        }
        return { rows, chains: await requireSameChains(source, target) }
      })
  } catch (error) {
    throw storageError(error)
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** Whose a row is; `null` = nobody's. */
function tenantOf(name: keyof Tables, row: Readonly<Record<string, unknown>>): string | null {
  const id = name === 'tenants' ? row.id : row.tenantId
  return typeof id === 'string' ? id : null
}

const count = (database: Database, name: keyof Tables): Promise<number> =>
  database.read(null, async (tx) => {
    const [row] = await tx.select({ count: orm.count() }).from(database.tables[name])
    return row?.count ?? 0
  })

async function requireEmpty(target: Database): Promise<void> {
  for (const name of Object.keys(target.tables) as (keyof Tables)[]) {
    if ((await count(target, name)) === 0) continue
    throw new NoxError(
      'storage',
      `the Postgres database is not empty (${orm.getTableName(target.tables[name])}): nothing was copied. Give DATABASE_URL an empty database.`,
    )
  }
}

/** A page in the order in which SQLite keeps the rows; each with its position. */
function readPage(source: Database, name: keyof Tables, after: number) {
  const { sql, getTableColumns } = orm
  const table = source.tables[name]
  const position = sql<number>`rowid`
  return source.read(null, async (tx) => {
    const columns = { ...getTableColumns(table), position }
    const found = await tx.select(columns).from(table).where(sql`rowid > ${after}`).orderBy(position).limit(pageSize)
    return found.map(({ position: at, ...row }) => ({ position: Number(at), row }))
  })
}

async function requireSameCount(source: Database, target: Database, name: keyof Tables): Promise<number> {
  const [from, to] = [await count(source, name), await count(target, name)]
  if (from === to) return to
  throw new NoxError('storage', `${name}: ${from} rows became ${to}; nothing was copied.`)
}

async function requireSameChains(source: Database, target: Database): Promise<CopyReport['chains']> {
  const { tenants } = source.tables
  const ids = await source.read(null, async (tx) => tx.select({ id: tenants.id }).from(tenants).orderBy(tenants.id))
  const chains: CopyReport['chains'][number][] = []
  for (const { id: tenantId } of ids) {
    const [from, to] = [await lookAtChain(source, tenantId), await lookAtChain(target, tenantId)]
    if (JSON.stringify(from) !== JSON.stringify(to)) {
      throw new NoxError('storage', `the audit chain of tenant ${tenantId} is not the same; nothing was copied.`)
    }
    chains.push({ tenantId, ...to.report })
  }
  return chains
}

async function lookAtChain(database: Database, tenantId: string) {
  const audit = createAuditLog(database)
  const [head] = await audit.list(tenantId, { limit: 1 })
  return { report: await audit.verify(tenantId), head: head?.hash ?? null }
}
