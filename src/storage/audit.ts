import { hash } from 'node:crypto'
import type { AuditEntry, AuditRecord, AuditResult } from '../domain/audit-record.ts'
import { builtOnce, placeholders } from './built-once.ts'
import { clampLimit, clean, cleanRow } from './clean.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import type { AuditFilter, AuditLog, ChainReport } from './types.ts'

/** What the first record of a chain follows. */
export const origin = '0'.repeat(64)
/** Records of one page of a verification. */
const pageSize = 1_000

const sortKeys = (details: AuditEntry['details']): AuditEntry['details'] =>
  Object.fromEntries(Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The text that is hashed: JSON of the entry with sorted keys, so that it is the same everywhere. */
export function canonical(entry: AuditEntry): string {
  const { actionId, actionNumber, actor, at, command, details, environment, resource, result } = entry
  const sorted: Required<AuditEntry> = {
    actionId,
    actionNumber,
    actor,
    at,
    command,
    details: sortKeys(details),
    environment,
    resource,
    result,
  }
  return clean(JSON.stringify(sorted))
}

const hashOf = (previousHash: string, text: string): string => hash('sha256', `${previousHash}\n${text}`, 'hex')

const headStatement = builtOnce(['seq', 'hash'], (tx, { tables: { audit } }) =>
  tx
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .where(orm.eq(audit.tenantId, orm.sql.placeholder('tenantId')))
    .orderBy(orm.desc(audit.seq))
    .limit(1)
    .prepare('audit_head'),
)

const appendStatement = builtOnce([], (tx, { tables: { audit } }) =>
  tx.insert(audit).values(placeholders(audit)).prepare('audit_append'),
)

/** Appends a record to a tenant's chain, inside a unit that holds the tenant's lock. */
export async function appendAudit(
  database: Database,
  tx: Tx,
  tenantId: string,
  entry: AuditEntry,
): Promise<AuditRecord> {
  const head = database.chainHeads?.get(tenantId) ?? (await headStatement(tx, database).execute({ tenantId }))[0]
  const text = canonical(entry)
  const previousHash = head?.hash ?? origin
  const record = { tenantId, seq: (head?.seq ?? 0) + 1, text, previousHash, hash: hashOf(previousHash, text) }
  const { at, actor, command, environment, resource, result } = entry
  await appendStatement(tx, database).execute(
    cleanRow({ ...record, at, actor, command, environment, resource, result }),
  )
  database.chainHeads?.set(tenantId, record)
  return { ...entry, ...record }
}

interface Row {
  readonly tenantId: string
  readonly seq: number
  readonly text: string
  readonly previousHash: string
  readonly hash: string
}

function toRecord(row: Row): AuditRecord {
  const { tenantId, seq, text, previousHash, hash } = row
  return { ...(JSON.parse(text) as AuditEntry), tenantId, seq, text, previousHash, hash }
}

/** Does a row say what was hashed, in its text and in the columns that queries read? */
function fits(
  row: Row & { actor: string; at: number; command: string; result: string },
  previous: string,
  seq: number,
) {
  if (row.seq !== seq || row.previousHash !== previous || row.hash !== hashOf(previous, row.text)) return false
  const entry = JSON.parse(row.text) as AuditEntry
  const same = entry.actor === row.actor && entry.at === row.at && entry.command === row.command
  return same && entry.result === (row.result as AuditResult)
}

export function createAuditLog(database: Database): AuditLog {
  const { audit } = database.tables
  const { and, asc, desc, eq, gt, gte, lt } = orm

  function conditions(tenantId: string, filter: AuditFilter) {
    const { actor, command, environment, resource, result, since, beforeSeq } = filter
    return and(
      eq(audit.tenantId, tenantId),
      actor === undefined ? undefined : eq(audit.actor, actor),
      command === undefined ? undefined : eq(audit.command, command),
      environment === undefined ? undefined : eq(audit.environment, environment),
      resource === undefined ? undefined : eq(audit.resource, resource),
      result === undefined ? undefined : eq(audit.result, result),
      since === undefined ? undefined : gte(audit.at, since),
      beforeSeq === undefined ? undefined : lt(audit.seq, beforeSeq),
    )
  }

  async function verify(tenantId: string): Promise<ChainReport> {
    let previous = origin
    let seq = 0
    for (;;) {
      const page = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(audit)
          .where(and(eq(audit.tenantId, tenantId), gt(audit.seq, seq)))
          .orderBy(asc(audit.seq))
          .limit(pageSize),
      )
      for (const row of page) {
        if (!fits(row, previous, seq + 1)) return { ok: false, count: seq, brokenAt: seq + 1 }
        seq = row.seq
        previous = row.hash
      }
      if (page.length < pageSize) return { ok: true, count: seq, brokenAt: null }
    }
  }

  return {
    append: (tenantId, entry) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        return appendAudit(database, tx, tenantId, entry)
      }),
    async list(tenantId, filter) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(audit)
          .where(conditions(tenantId, filter))
          .orderBy(desc(audit.seq))
          .limit(clampLimit(filter.limit)),
      )
      return rows.map(toRecord)
    },
    verify,
  }
}
