import type { Query, Table } from 'drizzle-orm'
import type { Database, Tx } from './database.ts'
import type { DirectStatements } from './direct-statements.ts'
import { orm } from './drizzle.ts'

/** A statement of drizzle with placeholders, and how it is run with their values. */
interface Prepared {
  execute(values?: Record<string, unknown>): Promise<unknown>
  getQuery(): Query
}

export interface Built<Rows> {
  execute(values: Record<string, unknown>): Promise<Rows> | Rows
}

const directOf = new WeakMap<Tx, DirectStatements>()

/** Lets the statements of a connection run without drizzle, which only builds them then. */
export function runDirectly(tx: Tx, statements: DirectStatements): void {
  directOf.set(tx, statements)
}

/**
 * Builds a statement once for each connection: building one in drizzle costs ten times its run on SQLite, and running
 * one through drizzle twice its run. A transaction of Postgres is a connection of its own, and builds again.
 * @param columns the names of what it selects or returns, in their order
 */
export function builtOnce<T extends Prepared>(
  columns: readonly string[],
  build: (tx: Tx, database: Database) => T,
): (tx: Tx, database: Database) => Built<Awaited<ReturnType<T['execute']>>> {
  type Rows = Awaited<ReturnType<T['execute']>>
  const known = new WeakMap<Tx, Built<Rows>>()
  return (tx, database) => {
    const found = known.get(tx)
    if (found) return found
    const prepared = build(tx, database)
    const direct = directOf.get(tx)
    const made = (direct ? direct(prepared.getQuery(), columns) : prepared) as Built<Rows>
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
