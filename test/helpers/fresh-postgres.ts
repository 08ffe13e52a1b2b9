import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

/** An empty database on the real Postgres of the run, dropped again at its end. */
export interface FreshPostgres {
  readonly url: string
  /** As whoever owns the server. */
  readonly sql: postgres.Sql
  drop(): Promise<void>
}

export const hasPostgres = (): boolean => !('missing' in inject('postgres'))

export async function freshPostgres(): Promise<FreshPostgres> {
  const server = inject('postgres')
  if (!('url' in server)) throw new Error(server.missing)
  const database = `nox_${randomBytes(6).toString('hex')}`
  const admin = postgres(server.url, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${database}`)
  const url = new URL(server.url)
  url.pathname = `/${database}`
  const sql = postgres(url.toString(), { max: 2, onnotice: () => {} })
  return {
    url: url.toString(),
    sql,
    async drop() {
      await sql.end()
      await admin.unsafe(`drop database if exists ${database} with (force)`)
      await admin.end()
    },
  }
}
