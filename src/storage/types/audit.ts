import type { AuditEntry, AuditRecord, RecordFilter } from '../../domain/audit-record.ts'

export interface AuditFilter extends RecordFilter {
  /** Records before this number, for pages. */
  readonly beforeSeq?: number
}

/** What came of verifying the hash chain of a tenant. */
export interface ChainReport {
  readonly ok: boolean
  readonly count: number
  /** The first record that does not fit, by its number. */
  readonly brokenAt: number | null
  /** Records up to this one were moved into archive files; absent = none. */
  readonly archived?: number
}

/** A page of records, newest first. */
export interface AuditPage {
  readonly records: readonly AuditRecord[]
  /** `beforeSeq` of the next page; `null` = nothing older is left to look at. */
  readonly older: number | null
  /** Records up to this one are in archive files; 0 = none. */
  readonly archived: number
}

/** Where a tenant's log begins and ends in the database. */
export interface AuditBounds {
  /** Its last record; 0 = there is none. */
  readonly newest: number
  /** Records up to this one are in archive files; 0 = none. */
  readonly archived: number
}

/** One record, and whether its hash fits its text and the record before it. */
export interface AuditProof {
  readonly record: AuditRecord
  readonly fits: boolean
}

/** What a reading verified: records `from` to `count`, of which `earlier` ones by readings before. */
export interface RecentChainReport extends ChainReport {
  readonly from: number
  readonly earlier: number
}

/** Append-only, hash-chained per tenant. */
export interface AuditLog {
  append(tenantId: string, entry: AuditEntry): Promise<AuditRecord>
  /** Newest first. */
  list(tenantId: string, filter: AuditFilter): Promise<readonly AuditRecord[]>
  bounds(tenantId: string): Promise<AuditBounds>
  /**
   * As `list`, but looks at no more than so many records before `beforeSeq`: what it costs does not grow with the log.
   * @param known read a moment ago; absent = they are read first, which is one round trip more
   */
  search(tenantId: string, filter: AuditFilter, window: number, known?: AuditBounds): Promise<AuditPage>
  /** One record, and whether it fits its own text and the record before it. */
  proof(tenantId: string, seq: number): Promise<AuditProof | null>
  /** Reads the whole chain in pages and recomputes each hash. */
  verify(tenantId: string): Promise<ChainReport>
  /** Cheap also for a long chain: what is new since this process verified it last, at first its newest records. */
  verifyRecent(tenantId: string): Promise<RecentChainReport>
}
