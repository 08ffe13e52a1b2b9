import { type Built, builtOnce, placeholders } from './built-once.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'

// What is asked of the log again and again, built once for a connection, and planned once by Postgres: a log is kept
// by month, and to plan a query of many months costs more than to run it.

/** Stands in the text: where it is a parameter, Postgres takes it for a tenth of the log and plans anew each time. */
const rows = (limit: number) => orm.sql.raw(String(limit)) as unknown as number

const mine = ({ tables: { audit } }: Database) => orm.eq(audit.tenantId, orm.sql.placeholder('tenantId'))

export const headStatement = builtOnce(['seq', 'hash'], (tx, database) => {
  const { audit } = database.tables
  return tx
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .where(mine(database))
    .orderBy(orm.desc(audit.seq))
    .limit(rows(1))
    .prepare('audit_head')
})

export const appendStatement = builtOnce([], (tx, { tables: { audit } }) =>
  tx.insert(audit).values(placeholders(audit)).prepare('audit_append'),
)

/** The last record that was moved into an archive. */
export const archivedStatement = builtOnce(['seq'], (tx, { tables: { auditCheckpoints } }) =>
  tx
    .select({ seq: auditCheckpoints.seq })
    .from(auditCheckpoints)
    .where(orm.eq(auditCheckpoints.tenantId, orm.sql.placeholder('tenantId')))
    .orderBy(orm.desc(auditCheckpoints.seq))
    .limit(rows(1))
    .prepare('audit_archived'),
)

/** What a record is made of: the other columns repeat its text. */
export interface RecordRow {
  readonly seq: number
  readonly text: string
  readonly previousHash: string
  readonly hash: string
}

/** The columns of `RecordRow`. */
export const recordColumns = ({ tables: { audit } }: Pick<Database, 'tables'>) => {
  const { seq, text, previousHash, hash } = audit
  return { seq, text, previousHash, hash }
}

type Page = (tx: Tx, database: Database) => Built<readonly RecordRow[]>
const pages = new Map<number, Page>()
/** Sizes of pages that are asked for. */
const mostPages = 50

/** The newest records before one and after another. */
export function pageStatement(limit: number): Page {
  const known = pages.get(limit)
  if (known) return known
  const page = builtOnce(['seq', 'text', 'previousHash', 'hash'], (tx, database) => {
    const { audit } = database.tables
    const { and, desc, gt, lt, sql } = orm
    return tx
      .select(recordColumns(database))
      .from(audit)
      .where(and(mine(database), lt(audit.seq, sql.placeholder('before')), gt(audit.seq, sql.placeholder('after'))))
      .orderBy(desc(audit.seq))
      .limit(rows(limit))
      .prepare(`audit_page_${limit}`)
  })
  if (pages.size < mostPages) pages.set(limit, page)
  return page
}
