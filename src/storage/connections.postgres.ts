import type { ReservedSql, Sql } from 'postgres'
import { NoxError } from '../errors.ts'
import { postgresClient, postgresDriver } from './drizzle.ts'
import { storageError } from './failure.ts'

/** A connection that is lent for one transaction. */
export interface Lent {
  readonly sql: ReservedSql
  /** Ends the loan; a connection that broke goes to nobody else. */
  giveBack(state: 'well' | 'broken'): void
}

/**
 * What stands between NOX and Postgres hands out: `session` = a connection of our own for as long as we like (nothing
 * stands there, too); `transaction` = another one for each transaction, so that nothing may stay in a session.
 */
export type Pooling = 'session' | 'transaction'

/** Connections of one process. */
export interface Connections {
  readonly pooling: Pooling
  /** What a query builder has to know of them. */
  readonly options: Sql['options']
  /** @throws NoxError `storage` where no connection can be had */
  lend(): Promise<Lent>
  /** An answer of the server, from any connection. */
  ask(): Promise<void>
  /** Takes no more borrowers; resolves when the connections are closed. */
  close(): Promise<void>
}

/** How long a borrower waits for a connection, and an end for what is still lent (s). */
const patience = 5

/** @param application how Postgres names these connections in pg_stat_activity */
export function createConnections(
  url: string,
  max: number,
  application = 'nox',
  pooling: Pooling = 'session',
): Connections {
  let isClosed = false
  let lent = 0
  let allBack: (() => void) | undefined

  function open(): Sql {
    const pool = postgresClient()(url, {
      max,
      connect_timeout: 5,
      onnotice: () => {},
      // A pooler refuses what else a session starts with, and its next transaction does not know what was prepared.
      ...(pooling === 'transaction'
        ? { prepare: false, connection: { application_name: application } }
        : {
            connection: {
              application_name: application,
              statement_timeout: 10_000,
              idle_in_transaction_session_timeout: 10_000,
            },
          }),
    })
    // It sets how moments are read, as its queries expect them.
    postgresDriver().drizzle(pool)
    return pool
  }

  let pool = open()

  /** A pool that could not connect still hands its next connections to those who gave up: it is replaced. */
  function replace(failed: Sql): void {
    if (pool !== failed || isClosed) return
    pool = open()
    failed.end({ timeout: patience }).catch(() => {})
  }

  /** A server that takes connections and closes them again is asked until it answers, but nobody waits that long. */
  function reserve(from: Sql): Promise<ReservedSql> {
    return new Promise((resolve, reject) => {
      let isLate = false
      const limit = setTimeout(() => {
        isLate = true
        reject(new NoxError('storage', `database: no connection within ${patience} s`))
      }, patience * 1_000)
      from.reserve().then(
        (connection) => {
          clearTimeout(limit)
          if (isLate) connection.release()
          else resolve(connection)
        },
        (error: unknown) => {
          clearTimeout(limit)
          replace(from)
          reject(storageError(error))
        },
      )
    })
  }

  async function lend(): Promise<Lent> {
    if (isClosed) throw new NoxError('storage', 'the database is closed')
    const sql = await reserve(pool)
    lent += 1
    let isBack = false
    return {
      sql,
      giveBack(state) {
        if (isBack) return
        isBack = true
        lent -= 1
        if (state === 'well') sql.release()
        if (lent === 0) allBack?.()
      },
    }
  }

  return {
    pooling,
    options: pool.options,
    lend,
    async ask() {
      const { sql, giveBack } = await lend()
      try {
        await sql`select 1`
        giveBack('well')
      } catch (error) {
        giveBack('broken')
        throw storageError(error)
      }
    },
    async close() {
      isClosed = true
      if (lent > 0) {
        const limit = setTimeout(() => allBack?.(), patience * 1_000)
        await new Promise<void>((resolve) => {
          allBack = resolve
        })
        clearTimeout(limit)
      }
      await pool.end({ timeout: patience })
    },
  }
}
