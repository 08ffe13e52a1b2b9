import type {
  index,
  PgBigInt53Builder,
  PgBooleanBuilder,
  PgTableFn,
  PgTextBuilder,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { pgCore, sqliteCore } from './drizzle.ts'

/** The few kinds of columns that NOX needs, the same on both databases. Moments are ms since 1970; JSON is text. */
export interface ColumnKit {
  readonly table: PgTableFn
  readonly text: (name: string) => PgTextBuilder<{
    name: string
    dataType: 'string'
    columnType: 'PgText'
    data: string
    enumValues: [string, ...string[]]
    driverParam: string
  }>
  readonly number: (name: string) => PgBigInt53Builder<{
    name: string
    dataType: 'number'
    columnType: 'PgBigInt53'
    data: number
    driverParam: number | string
    enumValues: undefined
  }>
  readonly flag: (name: string) => PgBooleanBuilder<{
    name: string
    dataType: 'boolean'
    columnType: 'PgBoolean'
    data: boolean
    driverParam: boolean
    enumValues: undefined
  }>
  readonly primaryKey: typeof primaryKey
  readonly index: typeof index
  readonly uniqueIndex: typeof uniqueIndex
}

/** Postgres is the reference: its types are those that the rest of storage sees. */
export function postgresColumns(): ColumnKit {
  const pg = pgCore()
  return {
    table: pg.pgTable,
    text: (name) => pg.text(name),
    number: (name) => pg.bigint(name, { mode: 'number' }),
    flag: (name) => pg.boolean(name),
    primaryKey: pg.primaryKey,
    index: pg.index,
    uniqueIndex: pg.uniqueIndex,
  } as ColumnKit
}

/** SQLite, told to be Postgres for the type checker: the query builders take the same calls. */
export function sqliteColumns(): ColumnKit {
  const sqlite = sqliteCore()
  return {
    table: sqlite.sqliteTable,
    text: (name: string) => sqlite.text(name),
    number: (name: string) => sqlite.integer(name),
    flag: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
    primaryKey: sqlite.primaryKey,
    index: sqlite.index,
    uniqueIndex: sqlite.uniqueIndex,
  } as unknown as ColumnKit
}
