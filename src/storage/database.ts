import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { ChainHeads } from './chain-heads.ts'
import type { Tables } from './tables.ts'
import type { Changes } from './types/changes.ts'

/** What a unit of work may do; the same calls on both databases. */
export type Tx = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'insert' | 'update' | 'delete'>

/** A unit awaits nothing but its own queries: no network, no timers, no cryptography. */
export type Unit<T> = (tx: Tx) => Promise<T>

/** One statement that is a unit of its own. */
export interface PipelineStatement {
  readonly tenantId: string
  readonly text: string
  readonly values: readonly unknown[]
}

export type Rows = readonly Record<string, unknown>[]

/** Units of one statement, many of which share a commit; each holds its tenant's lock. */
export interface Pipeline {
  /** As `write` of a unit; `mayLinger`: it may wait 5 ms for others. */
  run(statement: PipelineStatement, mayLinger: boolean, onWritten?: (rows: Rows) => void): Promise<Rows>
}

/** One database: units of writing are atomic and durable when they resolve, and never nest. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  readonly tables: Tables
  /** This moment (ms since 1970) by the clock of the database, which is one for all replicas: leases are judged by it. */
  readonly moment: SQL<number>
  /**
   * `tenantId` null = across tenants (claims and expiry).
   * @param onWritten told, where the database can, when the unit is written and not yet durable
   */
  write<T>(tenantId: string | null, unit: Unit<T>, onWritten?: (value: T) => void): Promise<T>
  /** As `write`, but may wait up to 5 ms for others to share a commit. */
  writeSoon<T>(tenantId: string | null, unit: Unit<T>): Promise<T>
  /** As `write`, as the one who may delete what was archived or is purged (docs/decisions/0018). */
  keep<T>(tenantId: string, unit: Unit<T>): Promise<T>
  /** Makes the months that come, and drops those that are empty, where tables are kept by month (Postgres). */
  keepMonths(now: number): Promise<void>
  read<T>(tenantId: string | null, unit: Unit<T>): Promise<T>
  /** Goes on under another tenant within a unit: only a workspace that changes its tenant does so. */
  enter(tx: Tx, tenantId: string): Promise<void>
  /** Keeps others from writing to this tenant until the unit ends. */
  lockTenant(tx: Tx, tenantId: string): Promise<void>
  /** The ends of the audit chains, where only this process appends to them; `null` = they are read each time. */
  readonly chainHeads: ChainHeads | null
  /** Where a unit of one statement costs less than one of many (Postgres). */
  readonly pipeline: Pipeline | null
  readonly changes: Changes
  ping(): Promise<void>
  close(): Promise<void>
}
