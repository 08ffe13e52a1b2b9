import SqliteFile from 'better-sqlite3'
import postgres from 'postgres'
import type { DatabaseConfig } from '../src/config.ts'
import { sealedField } from '../src/storage/installations.ts'
import { createVault } from '../src/vault/index.ts'
import { workspace } from './mention.ts'
import { benchTenant, masterKey, seed } from './targets.ts'

type Row = Readonly<Record<string, unknown>>

/** What a tenant of the bench has; the first names the tenant by its `id`. */
const tables = ['tenants', 'installations', 'members', 'zones'] as const
/** Rows of one statement: Postgres takes 65,535 values. */
const chunk = 1_000

/** The workspace of a tenant, by its number from 0 on; the first is the bench's own. */
export const teamOfTenant = (number: number): string =>
  number === 0 ? workspace.team : `${workspace.team}${String(number).padStart(6, '0')}`
const idOfTenant = (number: number): string =>
  number === 0 ? benchTenant : `01BENCH${String(number).padStart(19, '0')}`

interface Door {
  rowsOf(table: string, column: string): Promise<readonly Row[]>
  insert(table: string, rows: readonly Row[]): Promise<void>
  close(): Promise<void>
}

function sqliteDoor(path: string): Door {
  const file = new SqliteFile(path)
  return {
    rowsOf: async (table, column) =>
      file.prepare(`select * from ${table} where ${column} = ?`).all(benchTenant) as Row[],
    async insert(table, rows) {
      const names = Object.keys(rows[0] ?? {})
      const values = names.map((name) => `@${name}`)
      const statement = file.prepare(`insert into ${table} (${names.join(', ')}) values (${values.join(', ')})`)
      file.transaction(() => rows.forEach((row) => void statement.run(row)))()
    },
    async close() {
      file.exec('analyze')
      file.close()
    },
  }
}

function postgresDoor(url: string): Door {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  return {
    rowsOf: (table, column) => sql`select * from ${sql(table)} where ${sql(column)} = ${benchTenant}`,
    async insert(table, rows) {
      for (let from = 0; from < rows.length; from += chunk) {
        await sql`insert into ${sql(table)} ${sql(rows.slice(from, from + chunk))}`
      }
    },
    async close() {
      await sql`analyze`
      await sql.end()
    },
  }
}

/** Makes a database of so many tenants, each as the bench's own: a workspace, an admin, the first zones. Written past NOX. */
export async function fillTenants(database: DatabaseConfig, count: number): Promise<void> {
  await seed(database)
  const door = 'url' in database ? postgresDoor(database.url) : sqliteDoor(database.path)
  const vault = createVault([masterKey])
  const numbers = Array.from({ length: count - 1 }, (_, index) => index + 1)
  const sealed = await Promise.all(
    numbers.map(async (number) => {
      const owner = { tenantId: idOfTenant(number), field: sealedField(teamOfTenant(number)) }
      const dataKey = await vault.newDataKey(owner.tenantId)
      return { data_key: dataKey, bot_token: await vault.seal(owner, dataKey, 'xoxb-bench') }
    }),
  )
  const own = (table: string, row: Row, number: number, at: number): Row => {
    if (table === 'tenants') return { ...row, id: idOfTenant(number), data_key: sealed[at]?.data_key }
    const mine = { ...row, tenant_id: idOfTenant(number) }
    if (table !== 'installations') return mine
    return { ...mine, workspace_id: teamOfTenant(number), bot_token: sealed[at]?.bot_token }
  }
  for (const table of tables) {
    const rows = await door.rowsOf(table, table === 'tenants' ? 'id' : 'tenant_id')
    if (rows.length === 0) throw new Error(`the bench's tenant has nothing in ${table}`)
    if (count > 1)
      await door.insert(
        table,
        numbers.flatMap((number, at) => rows.map((row) => own(table, row, number, at))),
      )
  }
  await door.close()
}
