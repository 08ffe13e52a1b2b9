import type { TransactionSql } from 'postgres'
import { postgresClient } from './drizzle.ts'

/** Any numbers: all processes of NOX take the same one for the same thing. */
export const advisoryLocks = { migrate: 7_082_634, months: 7_082_635 } as const

/**
 * Does what one process alone may do at a time. The lock belongs to a transaction on a connection of its own, not to
 * a session: it holds behind a pooler that hands out transactions too, and ends with the process.
 * @param work gets that connection, to look at things; what it changes through it is there when all is done
 */
export async function underLock<T>(
  url: string,
  lock: keyof typeof advisoryLocks,
  work: (sql: TransactionSql) => Promise<T>,
): Promise<T> {
  const client = postgresClient()(url, { max: 1, connect_timeout: 5, prepare: false, onnotice: () => {} })
  try {
    return (await client.begin(async (sql) => {
      // It rests as long as the work takes, and whoever waits for it does too.
      await sql`set local idle_in_transaction_session_timeout = 0`
      await sql`set local statement_timeout = 0`
      await sql`select pg_advisory_xact_lock(${advisoryLocks[lock]})`
      return work(sql)
    })) as T
  } finally {
    await client.end({ timeout: 5 })
  }
}
