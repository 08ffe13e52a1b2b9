import type { Database as SqliteFile } from 'better-sqlite3'
import type { Query } from 'drizzle-orm'
import { orm } from './drizzle.ts'

type Values = Readonly<Record<string, unknown>>
type Row = Record<string, unknown>

/** Makes a statement that drizzle has built run on the driver itself; it gives rows with these names. */
export type DirectStatements = (query: Query, columns: readonly string[]) => { execute(values: Values): Row[] }

/** The statements of one connection of SQLite. */
export function directStatements(file: SqliteFile): DirectStatements {
  return ({ sql, params }, columns) => {
    const statement = file.prepare(sql)
    const readers = params.map(readerOf)
    const bind = (values: Values) => readers.map((read) => read(values))
    if (!statement.reader) {
      return {
        execute(values) {
          statement.run(bind(values))
          return []
        },
      }
    }
    if (statement.columns().length !== columns.length) throw new TypeError(`columns of ${sql}`)
    const raw = statement.raw()
    return { execute: (values) => raw.all(bind(values)).map((cells) => toRow(columns, cells as unknown[])) }
  }
}

/** How the value of one parameter is found: by its placeholder's name, or it stands already. */
function readerOf(param: unknown): (values: Values) => unknown {
  if (orm.is(param, orm.Placeholder)) return byName(param.name)
  if (!orm.is(param, orm.Param) || !orm.is(param.value, orm.Placeholder)) return () => param
  const find = byName(param.value.name)
  const { encoder } = param
  return (values) => encoder.mapToDriverValue(find(values))
}

const byName =
  (name: string) =>
  (values: Values): unknown => {
    const value = values[name]
    if (value === undefined) throw new TypeError(`no value for ${name}`)
    return value
  }

function toRow(columns: readonly string[], cells: readonly unknown[]): Row {
  const row: Row = {}
  for (let index = 0; index < columns.length; index += 1) row[columns[index] as string] = cells[index]
  return row
}
