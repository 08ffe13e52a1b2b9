import type { Table } from 'drizzle-orm'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'

/**
 * Builds a statement once for each connection: building one in drizzle costs ten times its run on SQLite. Its values
 * come as placeholders. A transaction of Postgres is a connection of its own, and builds again.
 */
export function builtOnce<T>(build: (tx: Tx, database: Database) => T): (tx: Tx, database: Database) => T {
  const known = new WeakMap<Tx, T>()
  return (tx, database) => {
    const found = known.get(tx)
    if (found !== undefined) return found
    const made = build(tx, database)
    known.set(tx, made)
    return made
  }
}

/** A placeholder of its own name for every column of a table. */
export function placeholders<T extends Table>(table: T): T['$inferInsert'] {
  const names = Object.keys(orm.getTableColumns(table))
  // drizzle takes a placeholder wherever a value stands; its types say so for one column at a time only.
  return Object.fromEntries(names.map((name) => [name, orm.sql.placeholder(name)])) as T['$inferInsert']
}
