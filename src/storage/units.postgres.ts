import type { ReservedSql, Sql } from 'postgres'
import { NoxError } from '../errors.ts'
import type { Connections, Lent } from './connections.postgres.ts'
import type { Tx, Unit } from './database.ts'
import { postgresDriver } from './drizzle.ts'
import { storageError } from './failure.ts'
import { enter, type Role } from './roles.postgres.ts'

/** Whom a unit is for: a tenant, or `null` = across tenants, with the little that may be seen there. */
type For = string | null

export interface Units {
  /** One transaction that only reads. */
  read<T>(tenantId: For, unit: Unit<T>): Promise<T>
  /** One transaction, durable when it resolves. */
  write<T>(tenantId: For, unit: Unit<T>): Promise<T>
  /** As `write`, as the one who may delete what was archived or is purged. */
  keep<T>(tenantId: string, unit: Unit<T>): Promise<T>
}

/** A query builder that stays, so that what it built stays too; each unit lends it a connection. */
interface Lane {
  readonly tx: Tx
  connection: ReservedSql | undefined
}

/** Lanes that are kept for the next units. */
const mostKept = 32

const roleFor = (tenantId: For): Role => (tenantId === null ? 'nox_worker' : 'nox_app')

/** Whatever the server's default is: what follows a lock sees what was committed before it. */
export const beginText = 'begin isolation level read committed'

/** An answer of the server: the connection goes on. */
export const isSqlError = (error: unknown): boolean => error instanceof Error && error.name === 'PostgresError'

/**
 * Units of work, each a transaction on a connection of its own in the role that row-level security knows. What
 * begins it goes out together with the unit's first query: a unit costs no round trip for its protection.
 */
export function createUnits(connections: Connections): Units {
  const free: Lane[] = []

  function openLane(): Lane {
    const lane: { tx?: Tx; connection: ReservedSql | undefined } = { connection: undefined }
    const lent = {
      options: connections.options,
      unsafe(...query: Parameters<Sql['unsafe']>) {
        if (lane.connection) return lane.connection.unsafe(...query)
        throw new NoxError('storage', 'a query came after the end of its unit')
      },
    }
    lane.tx = postgresDriver().drizzle(lent as unknown as Sql) as unknown as Tx
    return lane as Lane
  }

  /** Ends what failed. A connection that does not answer is gone, and its place in the pool is free already. */
  async function abandon({ sql, giveBack }: Lent, error: unknown): Promise<void> {
    const isGone = error instanceof Error && !isSqlError(error) && 'errno' in error
    if (isGone) return giveBack('broken')
    await sql
      .unsafe('rollback')
      .execute()
      .then(
        () => giveBack('well'),
        () => giveBack('broken'),
      )
  }

  async function transact<T>(
    begin: string,
    tenantId: For,
    unit: Unit<T>,
    waits: boolean,
    role = roleFor(tenantId),
  ): Promise<T> {
    const lent = await connections.lend(tenantId ?? '')
    const { sql, giveBack } = lent
    const lane = free.pop() ?? openLane()
    lane.connection = sql
    const leave = () => {
      if (lane.connection !== sql) return
      lane.connection = undefined
      if (free.length < mostKept) free.push(lane)
    }
    let entered: Promise<unknown> | undefined
    try {
      entered = Promise.all([sql.unsafe(begin).execute(), enter(sql, role, tenantId, connections.pooling)])
      entered.catch(() => {})
      const value = await unit(lane.tx)
      await entered
      const ended = sql.unsafe('commit').execute()
      leave()
      if (waits) {
        requireCommit(await ended)
        giveBack('well')
      } else {
        // Whoever reads waits for nothing more; the connection is free when it has answered.
        ended.then(
          () => giveBack('well'),
          () => giveBack('broken'),
        )
      }
      return value
    } catch (error) {
      leave()
      // Where it could not begin, the unit's own queries only say that it did not.
      const first = await (entered ?? Promise.resolve()).then(
        () => error,
        (why: unknown) => why,
      )
      await abandon(lent, first)
      throw storageError(first)
    }
  }

  return {
    read: (tenantId, unit) => transact(`${beginText}, read only`, tenantId, unit, false),
    write: (tenantId, unit) => transact(beginText, tenantId, unit, true),
    keep: (tenantId, unit) => transact(beginText, tenantId, unit, true, 'nox_keeper'),
  }
}

/** COMMIT of a transaction in which a statement failed answers as a ROLLBACK, without an error. */
function requireCommit(result: { readonly command?: string }): void {
  if (result.command !== 'COMMIT') throw new NoxError('storage', 'the transaction was rolled back')
}
