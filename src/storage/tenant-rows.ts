import type { SQLWrapper } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from './database.ts'
import { orm, pgCore, sqliteCore } from './drizzle.ts'
import type { Tables } from './tables.ts'

type Column = Tables['tenants']['id']

/** The column that tells whose a row of a table is; `null` = it is nobody's. */
export function ownerOf(name: keyof Tables, tables: Tables): Column | null {
  if (name === 'tenants') return tables.tenants.id
  const columns = orm.getTableColumns(tables[name]) as unknown as Record<string, Column | undefined>
  return columns.tenantId ?? null
}

/** A table of the schema that holds rows of tenants. */
export interface TenantTable {
  readonly key: keyof Tables
  /** Its name in the database. */
  readonly name: string
  readonly owner: Column
  /** Columns of its primary key, in order. */
  readonly primary: readonly Column[]
}

/** Every table that holds rows of tenants, the tenants themselves last: it follows the schema, none is forgotten. */
export function tenantTablesOf({ tables, dialect }: Pick<Database, 'tables' | 'dialect'>): readonly TenantTable[] {
  const keys = Object.keys(tables) as (keyof Tables)[]
  const found = keys.flatMap((key): TenantTable[] => {
    const owner = ownerOf(key, tables)
    if (!owner) return []
    const { primaryKeys, columns } =
      dialect === 'postgres'
        ? pgCore().getTableConfig(tables[key] as PgTable)
        : sqliteCore().getTableConfig(tables[key] as unknown as SQLiteTable)
    const names = (primaryKeys[0]?.columns ?? columns.filter((column) => column.primary)).map(({ name }) => name)
    // Drizzle hands the columns of a key out as other objects than those of the table.
    const own = Object.values(orm.getTableColumns(tables[key])) as unknown as Column[]
    const primary = names.flatMap((name) => own.filter((column) => column.name === name))
    return [{ key, name: orm.getTableName(tables[key]), owner, primary }]
  })
  return found.sort((a, b) => Number(a.key === 'tenants') - Number(b.key === 'tenants'))
}

type Row = Readonly<Record<string, unknown>>

const list = (parts: readonly SQLWrapper[]) =>
  orm.sql.join(
    parts.map((part) => orm.sql`${part}`),
    orm.sql`, `,
  )

/** The primary key as one value, and that of a row, to be compared with. */
function keyOf({ tables }: Database, { key, primary }: TenantTable, row: Row) {
  const names = Object.entries(orm.getTableColumns(tables[key]))
  const cellOf = (column: Column) => row[names.find(([, each]) => each === (column as unknown))?.[0] ?? '']
  return { columns: list(primary), values: list(primary.map((column) => orm.sql.param(cellOf(column), column))) }
}

/** A page of a tenant's rows, in the order of the primary key, after this row. */
export async function readRows(
  database: Database,
  table: TenantTable,
  tenantId: string,
  after: Row | null,
  limit: number,
): Promise<readonly Row[]> {
  const { and, asc, eq, sql } = orm
  const key = after && keyOf(database, table, after)
  const further = key ? sql`(${key.columns}) > (${key.values})` : undefined
  return database.read(tenantId, async (tx) =>
    tx
      .select()
      .from(database.tables[table.key])
      .where(and(eq(table.owner, tenantId), further))
      .orderBy(...table.primary.map((column) => asc(column)))
      .limit(limit),
  )
}

/** Deletes a tenant's rows up to this one, in the order of the primary key. */
export async function deleteRows(database: Database, table: TenantTable, tenantId: string, last: Row): Promise<void> {
  const { and, eq, sql } = orm
  const { columns, values } = keyOf(database, table, last)
  await database.keep(tenantId, async (tx) =>
    tx.delete(database.tables[table.key]).where(and(eq(table.owner, tenantId), sql`(${columns}) <= (${values})`)),
  )
}
