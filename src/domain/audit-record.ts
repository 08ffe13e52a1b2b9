/** How an action ended, as the audit log tells it. */
export type AuditResult =
  | 'done'
  | 'refused'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'unknown'
  | 'requested'
  | 'approved'
  | 'denied'
  | 'changed'

/** What an audit record is about; `seq`, `previousHash` and `hash` are added by storage. */
export interface AuditEntry {
  readonly at: number
  /** The vendor's id of the person, or `nox`. */
  readonly actor: string
  readonly actionId: string | null
  readonly actionNumber: number | null
  readonly command: string
  readonly environment: string | null
  readonly resource: string | null
  readonly result: AuditResult
  /** The rule, error code or change in plain data; never a secret. */
  readonly details: { readonly [key: string]: string | number | boolean | null }
}

/** A link of a tenant's hash chain. `hash` = SHA-256 (hex) of `previousHash + '\n' + text`. */
export interface AuditRecord extends AuditEntry {
  readonly tenantId: string
  readonly seq: number
  /** The canonical text that was hashed: JSON of the entry with sorted keys. */
  readonly text: string
  readonly previousHash: string
  readonly hash: string
}

/** Records that fit all that is given; the newest `limit` of them. `since`, `until`: ms since 1970, the first included. */
export interface RecordFilter {
  readonly actor?: string
  readonly command?: string
  readonly environment?: string
  readonly resource?: string
  readonly result?: string
  readonly since?: number
  readonly until?: number
  readonly limit: number
}
