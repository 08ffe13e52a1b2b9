import type { Database } from './database.ts'

/** What a database tells of itself without being changed. */
export interface DatabaseFacts {
  /** `SQLite 3.50.4`, `PostgreSQL 18.0`. */
  readonly version: string
  /** The newest migration that ran (ms, as drizzle-kit stamps it); `null` = none. */
  readonly newestMigration: number | null
  /** Why NOX could not write, or `null`. */
  readonly writeProblem: string | null
  /** Files of it that other users of this machine may read; none where it is no file. */
  readonly openToOthers: readonly string[]
  /** Bytes that the disk still takes; `null` where this machine can't see it. */
  readonly freeBytes: number | null
  readonly sizeBytes: number
  /** How far the database's clock is ahead of this machine's (ms); `null` where it is the same clock. */
  readonly clockAheadMs: number | null
  /** Does a running NOX own it? `null` where many may. */
  readonly isInUse: boolean | null
}

/** A database that is read and never written, with what it tells of itself. */
export interface Inspected {
  readonly facts: DatabaseFacts
  /** `null` where there is none yet. */
  readonly database: Database | null
  close(): Promise<void>
}
