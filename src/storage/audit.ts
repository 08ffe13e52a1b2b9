import type { AuditEntry, AuditRecord } from '../domain/audit-record.ts'
import {
  appendStatement,
  archivedStatement,
  headStatement,
  pageStatement,
  type RecordRow,
  recordColumns,
} from './audit-statements.ts'
import { followCheckpoints } from './checkpoints.ts'
import { clampLimit, clean, cleanRow } from './clean.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import type { Secrets } from './secrets.ts'
import type { AuditBounds, AuditFilter, AuditLog } from './types/audit.ts'
import { createChainVerifier, fits, hashOf, origin } from './verify-chain.ts'

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
  database.chainHeads?.set(tenantId, { seq: record.seq, hash: record.hash })
  return { ...entry, ...record }
}

function toRecord(tenantId: string, { seq, text, previousHash, hash }: RecordRow): AuditRecord {
  return { ...(JSON.parse(text) as AuditEntry), tenantId, seq, text, previousHash, hash }
}

/** Where the record before this one was moved into an archive: its hash. */
async function hashBefore(database: Database, secrets: Secrets | undefined, tenantId: string, seq: number) {
  const at = await followCheckpoints(database, secrets, tenantId, origin)
  return 'hash' in at && at.seq === seq - 1 ? at.hash : undefined
}

/** Of a filter: where a page begins, and how much it has. */
const unfiltering: ReadonlySet<string> = new Set(['limit', 'beforeSeq'])

/** @param secrets absent = signatures of what was archived can't be checked */
export function createAuditLog(database: Database, secrets?: Secrets): AuditLog {
  const { audit } = database.tables
  const { and, desc, eq, gt, gte, lt } = orm
  const columns = recordColumns(database)

  function conditions(tenantId: string, filter: AuditFilter) {
    const { actor, command, environment, resource, result, since, until, beforeSeq } = filter
    return and(
      eq(audit.tenantId, tenantId),
      actor === undefined ? undefined : eq(audit.actor, actor),
      command === undefined ? undefined : eq(audit.command, command),
      environment === undefined ? undefined : eq(audit.environment, environment),
      resource === undefined ? undefined : eq(audit.resource, resource),
      result === undefined ? undefined : eq(audit.result, result),
      since === undefined ? undefined : gte(audit.at, since),
      until === undefined ? undefined : lt(audit.at, until),
      beforeSeq === undefined ? undefined : lt(audit.seq, beforeSeq),
    )
  }

  const bounds = (tenantId: string): Promise<AuditBounds> =>
    database.read(tenantId, async (tx) => {
      // Both go out together: one round trip.
      const [head, moved] = await Promise.all([
        headStatement(tx, database).execute({ tenantId }),
        archivedStatement(tx, database).execute({ tenantId }),
      ])
      return { newest: head[0]?.seq ?? 0, archived: moved[0]?.seq ?? 0 }
    })

  return {
    append: (tenantId, entry) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        return appendAudit(database, tx, tenantId, entry)
      }),
    async list(tenantId, filter) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select(columns)
          .from(audit)
          .where(conditions(tenantId, filter))
          .orderBy(desc(audit.seq))
          .limit(clampLimit(filter.limit)),
      )
      return rows.map((row) => toRecord(tenantId, row))
    },
    bounds,
    async search(tenantId, filter, window, known) {
      const limit = clampLimit(filter.limit)
      const { newest, archived } = known ?? (await bounds(tenantId))
      const before = Math.min(filter.beforeSeq ?? Number.MAX_SAFE_INTEGER, newest + 1)
      const from = Math.max(archived, before - 1 - window)
      const isFiltered = Object.entries(filter).some(([name, value]) => value !== undefined && !unfiltering.has(name))
      const rows = await database.read(tenantId, async (tx) =>
        isFiltered
          ? tx
              .select(columns)
              .from(audit)
              .where(and(conditions(tenantId, { ...filter, beforeSeq: before }), gt(audit.seq, from)))
              .orderBy(desc(audit.seq))
              .limit(limit + 1)
          : pageStatement(limit + 1)(tx, database).execute({ tenantId, before, after: from }),
      )
      const records = rows.slice(0, limit).map((row) => toRecord(tenantId, row))
      const last = records.at(-1)
      const older = rows.length > limit && last ? last.seq : from > archived ? from + 1 : null
      return { records, older, archived }
    },
    async proof(tenantId, seq) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(audit)
          .where(and(eq(audit.tenantId, tenantId), gte(audit.seq, seq - 1), lt(audit.seq, seq + 1)))
          .orderBy(desc(audit.seq))
          .limit(2),
      )
      const [row, before] = rows
      if (row?.seq !== seq) return null
      const previous = seq === 1 ? origin : (before?.hash ?? (await hashBefore(database, secrets, tenantId, seq)))
      return { record: toRecord(tenantId, row), fits: previous !== undefined && fits(row, previous, seq) }
    },
    ...createChainVerifier(database, secrets),
  }
}
