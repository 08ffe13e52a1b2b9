import type { ReservedSql, Sql } from 'postgres'
import { createRoundRobin } from '../domain/round-robin.ts'
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
  /**
   * Where all are lent, tenants have them in turn.
   * @param tenantId whom it is for; '' = nobody's in particular
   * @throws NoxError `storage` where no connection can be had
   */
  lend(tenantId?: string): Promise<Lent>
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
  /** Borrowers that have a connection, or are about to. */
  let served = 0
  const waiting = createRoundRobin<() => void>()
  /** When a connection last came back well (ms, `performance.now`). */
  let lastBack = 0
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

  const noConnection = () => new NoxError('storage', `database: no connection within ${patience} s`)

  /** A place among those that are served; `null` = there is one. */
  function takePlace(tenantId: string): Promise<void> | null {
    if (served < max) {
      served += 1
      return null
    }
    return new Promise((resolve, reject) => {
      const go = () => {
        clearTimeout(limit)
        resolve()
      }
      // Who is behind many waits for as long as they come back: only where none does the database is gone.
      const giveUp = () => {
        const quietFor = performance.now() - lastBack
        if (quietFor < patience * 1_000) {
          limit = setTimeout(giveUp, patience * 1_000 - quietFor)
          return
        }
        waiting.remove(tenantId, go)
        reject(noConnection())
      }
      let limit = setTimeout(giveUp, patience * 1_000)
      waiting.add(tenantId, go)
    })
  }

  function passPlace(): void {
    const next = waiting.take()
    if (next) next()
    else served -= 1
  }

  /** A server that takes connections and closes them again is asked until it answers, but nobody waits that long. */
  function reserve(from: Sql): Promise<ReservedSql> {
    return new Promise((resolve, reject) => {
      let isLate = false
      const limit = setTimeout(() => {
        isLate = true
        reject(noConnection())
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

  async function lendPlace(): Promise<Lent> {
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
        if (state === 'well') {
          lastBack = performance.now()
          sql.release()
        }
        passPlace()
        if (lent === 0) allBack?.()
      },
    }
  }

  async function lend(tenantId = ''): Promise<Lent> {
    const turn = takePlace(tenantId)
    if (turn) await turn
    try {
      return await lendPlace()
    } catch (error) {
      passPlace()
      throw error
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
