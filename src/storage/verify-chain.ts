import { hash } from 'node:crypto'
import type { AuditEntry, AuditResult } from '../domain/audit-record.ts'
import { followCheckpoints } from './checkpoints.ts'
import { clean } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Secrets } from './secrets.ts'
import type { ChainReport, RecentChainReport } from './types/audit.ts'

/** What the first record of a chain follows. */
export const origin = '0'.repeat(64)
/** Records of one page of a verification. */
const pageSize = 1_000
/** Records that a reading verifies at most: some 0.2 s of one core. */
const mostOfReading = 20_000
/** Tenants whose last verified record is kept. */
const mostKept = 10_000

/** The hash of a record: of the one before it, and of its own text. */
export const hashOf = (previousHash: string, text: string): string => hash('sha256', `${previousHash}\n${text}`, 'hex')

interface Row {
  readonly seq: number
  readonly text: string
  readonly previousHash: string
  readonly hash: string
  readonly actor: string
  readonly at: number
  readonly command: string
  readonly environment: string | null
  readonly resource: string | null
  readonly result: string
}

/** A text of a record as its column keeps it: databases have neither NUL nor half a character. */
const kept = (text: string | null | undefined): string | null => (text == null ? null : clean(text).toWellFormed())

/** Does a row say what was hashed, in its text and in the columns that queries read? */
export function fits(row: Row, previous: string, seq: number): boolean {
  if (row.seq !== seq || row.previousHash !== previous || row.hash !== hashOf(previous, row.text)) return false
  const entry = JSON.parse(row.text) as AuditEntry
  const same = entry.actor === row.actor && entry.at === row.at && entry.command === row.command
  const isThere = kept(entry.environment) === row.environment && kept(entry.resource) === row.resource
  return same && isThere && entry.result === (row.result as AuditResult)
}

/** Up to where this process has verified a chain, and from where on. */
interface Begin {
  readonly from: number
  readonly seq: number
  readonly hash: string
}

/**
 * Recomputes the hash chains of a database: whole, or what is new since this process looked last.
 * @param secrets absent = signatures of checkpoints can't be checked
 */
export function createChainVerifier(database: Database, secrets?: Secrets) {
  const { audit } = database.tables
  const { and, asc, desc, eq, gt } = orm
  const checkpoints = new Map<string, Begin>()

  const readPage = (tenantId: string, after: number): Promise<Row[]> =>
    database.read(tenantId, async (tx) =>
      tx
        .select()
        .from(audit)
        .where(and(eq(audit.tenantId, tenantId), gt(audit.seq, after)))
        .orderBy(asc(audit.seq))
        .limit(pageSize),
    )

  async function lastSeq(tenantId: string): Promise<number> {
    const [row] = await database.read(tenantId, async (tx) =>
      tx.select({ seq: audit.seq }).from(audit).where(eq(audit.tenantId, tenantId)).orderBy(desc(audit.seq)).limit(1),
    )
    return row?.seq ?? 0
  }

  /** Verifies every record after `seq`, which `previous` is the hash of. */
  async function verifyFrom(tenantId: string, seq: number, previous: string): Promise<ChainReport & { hash: string }> {
    let at = seq
    let last = previous
    for (;;) {
      const page = await readPage(tenantId, at)
      for (const row of page) {
        if (!fits(row, last, at + 1)) return { ok: false, count: at, brokenAt: at + 1, hash: last }
        at = row.seq
        last = row.hash
      }
      if (page.length < pageSize) return { ok: true, count: at, brokenAt: null, hash: last }
    }
  }

  /** Where a reading begins: at what was verified before, else so far back that it costs little. */
  async function beginning(tenantId: string): Promise<Begin | { gone: number }> {
    const head = await lastSeq(tenantId)
    const known = checkpoints.get(tenantId)
    const isNear = known !== undefined && head - known.seq <= mostOfReading
    const seq = isNear ? known.seq : Math.max(0, head - mostOfReading)
    const [row] = await readPage(tenantId, Math.max(0, seq - 1))
    // What is missing may have been moved into archive files.
    if (row && row.seq > Math.max(1, seq)) {
      const at = await followCheckpoints(database, secrets, tenantId, origin)
      if (!('brokenAt' in at) && at.seq === row.seq - 1) return { from: row.seq, ...at }
      return { gone: 'brokenAt' in at ? at.brokenAt : at.seq + 1 }
    }
    if (seq === 0) return { from: 1, seq: 0, hash: origin }
    const isWhole = row !== undefined && fits(row, row.previousHash, seq)
    if (!isWhole || (isNear && row.hash !== known.hash)) return { gone: seq }
    return { from: isNear ? known.from : seq + 1, seq, hash: row.hash }
  }

  return {
    /** Follows the signed ends of what was archived, then recomputes each hash of what is here, in pages. */
    async verify(tenantId: string): Promise<ChainReport> {
      const at = await followCheckpoints(database, secrets, tenantId, origin)
      if ('brokenAt' in at) return { ok: false, count: at.brokenAt - 1, brokenAt: at.brokenAt }
      const { hash: _, ...report } = await verifyFrom(tenantId, at.seq, at.hash)
      return at.seq === 0 ? report : { ...report, archived: at.seq }
    },
    /** Recomputes what came since this process verified the chain last; at first, and at most, its newest records. */
    async verifyRecent(tenantId: string): Promise<RecentChainReport> {
      const begins = await beginning(tenantId)
      if ('gone' in begins) return { ok: false, count: begins.gone - 1, brokenAt: begins.gone, from: 1, earlier: 0 }
      const { hash: last, ...report } = await verifyFrom(tenantId, begins.seq, begins.hash)
      const { from } = begins
      if (report.ok && report.count > 0) {
        checkpoints.set(tenantId, { from, seq: report.count, hash: last })
        if (checkpoints.size > mostKept) checkpoints.delete(checkpoints.keys().next().value ?? '')
      }
      return { ...report, from, earlier: begins.seq >= from ? begins.seq - from + 1 : 0 }
    },
  }
}
