/** What a signed checkpoint says: records `first` to `last` were moved into a file, and where the chain stood. */
export interface Checkpoint {
  readonly tenantId: string
  readonly first: number
  readonly last: number
  /** The hash of the record before the first, and of the last. */
  readonly previousHash: string
  readonly hash: string
  /** When they were moved (ms since 1970). */
  readonly at: number
  readonly file: string
}

/** Moves old audit records out of the database (docs/decisions/0018). */
export interface AuditArchive {
  checkpoints(tenantId: string): Promise<readonly Checkpoint[]>
  /** Was this checkpoint signed here, and does the database know it? */
  isKnown(checkpoint: Checkpoint, signed: { readonly signature: string; readonly publicKey: string }): Promise<boolean>
  /**
   * Moves records older than `before` into a file in `folder`, at most so many; never the newest one of all.
   * @returns the checkpoint; `null` = there was nothing to move
   * @throws NoxError `storage` where the chain is broken: nothing is moved then
   */
  moveOut(tenantId: string, options: MoveOptions): Promise<Checkpoint | null>
}

/** What of a log is moved, and where to. */
export interface MoveOptions {
  /** Ms since 1970. */
  readonly before: number
  readonly folder: string
  readonly now: number
  /** Fewer than these are not worth a file; absent = 1. */
  readonly least?: number
  /** Records of one file; absent = 50,000. */
  readonly most?: number
}
