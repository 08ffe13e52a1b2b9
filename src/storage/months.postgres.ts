import type { Sql, TransactionSql } from 'postgres'
import { NoxError } from '../errors.ts'
import { underLock } from './advisory-lock.postgres.ts'
import { postgresClient } from './drizzle.ts'
import { storageError } from './failure.ts'
import { securePartition } from './secure-tables.postgres.ts'

/** Tables that Postgres keeps by month; what fits no month is in `…_other`. */
export const monthlyTables = ['audit', 'alert_events', 'schedule_runs'] as const

/** Months that are made before they come. */
const ahead = 3

const firstOf = (moment: number, months: number): number => {
  const date = new Date(moment)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
}

const nameOf = (table: string, from: number) => `${table}_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`

interface Part {
  readonly name: string
  readonly bound: string
}

const partsOf = (sql: Sql, table: string) => sql<Part[]>`
  select child.relname as name, pg_get_expr(child.relpartbound, child.oid) as bound
  from pg_inherits join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
  where parent.relname = ${table} and parent.relnamespace = current_schema()::regnamespace`

/**
 * Makes the partitions of the months that come, and drops those of months that are over and empty. A month of which
 * rows lie in `…_other` already stays there. Changes nothing when it runs again.
 * @param now ms since 1970
 */
export async function keepMonths(url: string, now: number): Promise<void> {
  const client = postgresClient()(url, { max: 1, connect_timeout: 5, prepare: false, onnotice: () => {} })
  try {
    await underLock(url, 'months', async () => {
      for (const table of monthlyTables) await keepMonthsOf(client, table, now)
    })
  } catch (error) {
    throw storageError(error)
  } finally {
    await client.end({ timeout: 5 })
  }
}

async function keepMonthsOf(client: Sql, table: string, now: number): Promise<void> {
  const parts = await partsOf(client, table)
  if (parts.length === 0) throw new NoxError('storage', `${table} is not kept by month: run nox migrate`)
  for (let month = 0; month <= ahead; month += 1) {
    const from = firstOf(now, month)
    if (!parts.some(({ name }) => name === nameOf(table, from))) await make(client, table, from)
  }
  for (const part of parts) {
    const until = Number(/TO \('?(\d+)'?\)/.exec(part.bound)?.[1] ?? Number.NaN)
    if (until <= firstOf(now, 0)) await dropWhereEmpty(client, part.name)
  }
}

/** Orders wait for these locks: where they can't be had soon, the next look tries again. */
async function patiently(client: Sql, work: (sql: TransactionSql) => Promise<void>, fine: readonly string[]) {
  try {
    await client.begin(async (sql) => {
      await sql`set local lock_timeout = '2s'`
      await work(sql)
    })
  } catch (error) {
    if (!fine.includes(String((error as { code?: unknown }).code))) throw error
  }
}

const lockNotAvailable = '55P03'
const checkViolation = '23514'

const make = (client: Sql, table: string, from: number) =>
  patiently(
    client,
    async (sql) => {
      const name = nameOf(table, from)
      await sql.unsafe(
        [
          `create table "${name}" partition of "${table}" for values from (${from}) to (${firstOf(from, 1)})`,
          ...securePartition(name),
        ].join(';\n'),
      )
    },
    [lockNotAvailable, checkViolation],
  )

const dropWhereEmpty = (client: Sql, name: string) =>
  patiently(
    client,
    async (sql) => {
      await sql.unsafe(`lock table "${name}" in access exclusive mode`)
      // Under forced row-level security the owner sees nothing: who reads everything tells whether it is empty.
      await sql`set local role nox_backup`
      const [found] = await sql.unsafe<{ empty: boolean }[]>(`select not exists (select from "${name}") as empty`)
      await sql`reset role`
      if (found?.empty === true) await sql.unsafe(`drop table "${name}"`)
    },
    [lockNotAvailable],
  )
