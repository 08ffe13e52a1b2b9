import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import postgres from 'postgres'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createConnections } from '../../src/storage/connections.postgres.ts'
import type { Tx } from '../../src/storage/database.ts'
import { orm } from '../../src/storage/drizzle.ts'
import { mends } from '../../src/storage/guarded-postgres.ts'
import { createUnits } from '../../src/storage/units.postgres.ts'
import { freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'

const one = orm.sql`(select 1) as one`
const backendOf = async (tx: Tx) => {
  const [row] = await tx.select({ pid: orm.sql<number>`pg_backend_pid()` }).from(one)
  return row?.pid ?? 0
}

describe.skipIf(!hasPostgres())('a unit whose connection is lost between two of its queries', () => {
  it.each([
    ['a short query, which goes out in the next turn of the event loop', () => orm.sql`'x'`],
    ['a long one, which goes out at once', () => orm.sql.raw(`'${'x'.repeat(2_000)}'`)],
    ['one with a value, of which Postgres is asked for the type', () => orm.sql`${'x'}::text`],
  ] as const)('fails, and the process and the next units go on: %s', { timeout: 30_000, retry: 0 }, async (_, text) => {
    const { url } = await freshPostgres()
    const [connections, admin] = [createConnections(url, 1), postgres(url, { max: 1, onnotice: () => {} })]
    onTestFinished(async () => void (await Promise.all([connections.close(), admin.end()])))
    const units = createUnits(connections)
    await admin`do $$ begin create role nox_worker; exception when duplicate_object then null; end $$`
    const lost = units.write(null, async (tx) => {
      await admin`select pg_terminate_backend(${await backendOf(tx)})`
      await new Promise((resolve) => setTimeout(resolve, 200))
      await tx.select({ text: text() }).from(one)
    })
    await expect(lost).rejects.toMatchObject({ code: 'storage' })
    await expect.poll(() => units.read(null, backendOf).catch(() => 0), { timeout: 10_000 }).toBeGreaterThan(0)
  })
})

describe.skipIf(!hasPostgres())('queries that wait behind another one on a connection that is lost', () => {
  it('fail with it: none stays without an answer', { timeout: 30_000 }, async () => {
    const { url } = await freshPostgres()
    const [connections, admin] = [createConnections(url, 1), postgres(url, { max: 1, onnotice: () => {} })]
    onTestFinished(async () => void (await Promise.all([connections.close(), admin.end()])))
    const { sql, giveBack } = await connections.lend()
    const [row] = await sql.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid')
    // With a value the type of which Postgres is asked for first: those behind it wait in the driver.
    const waiting = [20, 0, 0, 0].map((seconds) => sql.unsafe('select pg_sleep($1::float8)', [seconds]).execute())
    const settled = Promise.allSettled(waiting)
    await vi.waitFor(async () => {
      const sleeping = await admin`select from pg_stat_activity where pid = ${row?.pid ?? 0} and wait_event = 'PgSleep'`
      expect(sleeping).toHaveLength(1)
    }, 10_000)
    await admin`select pg_terminate_backend(${row?.pid ?? 0})`
    expect((await settled).map(({ status }) => status)).toEqual(waiting.map(() => 'rejected'))
    giveBack('broken')
    await connections.ask()
  })
})

it.each(mends)('what is mended in postgres.js is there, once: $file, $before', ({ file, before }) => {
  const path = createRequire(import.meta.url)
    .resolve('postgres')
    .replace(/index\.js$/, file)
  expect(readFileSync(path, 'utf8').split(before)).toHaveLength(2)
})
