import type { Database as SqliteFile, Statement } from 'better-sqlite3'

/** Texts of statements that differ only in their values are few; a list of ids of any length makes new ones. */
const mostStatements = 500

/**
 * Makes a connection compile each text of SQL once: drizzle asks for a new statement at every call, and compiling one
 * costs more than running it. Safe because a statement here is read to its end before the next one starts.
 */
export function keepStatements(file: SqliteFile): void {
  const prepare = file.prepare.bind(file) as (sql: string) => Statement
  const known = new Map<string, Statement>()
  const prepareOnce = (sql: string): Statement => {
    const found = known.get(sql)
    if (found) return found
    const made = prepare(sql)
    known.set(sql, made)
    if (known.size > mostStatements) known.delete(known.keys().next().value ?? '')
    return made
  }
  file.prepare = prepareOnce as SqliteFile['prepare']
}
