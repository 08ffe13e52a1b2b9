import { statSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import type { DatabaseConfig } from '../src/config.ts'
import { type Bench, type PartResult, progress } from './bench.ts'
import { runLoad } from './load.ts'
import { startPostgres } from './postgres.ts'
import { type Figure, round } from './table.ts'
import { startNox } from './targets.ts'

/** Many, so that pages which are half full do not count. */
const orders = 10_000

async function sizeOf(database: DatabaseConfig): Promise<number> {
  if ('path' in database) return statSync(database.path).size
  const sql = postgres(database.url, { max: 1 })
  const [row] = await sql<{ bytes: string }[]>`select pg_database_size(current_database()) as bytes`
  await sql.end()
  return Number(row?.bytes)
}

/** What an order takes in each database: its row, its audit record and their indexes, read once it is closed. */
export async function benchBytes(bench: Bench): Promise<PartResult> {
  const server = await startPostgres()
  const places: readonly (readonly [string, DatabaseConfig])[] = [
    ['SQLite', { path: join(bench.folder, 'bytes.db') }],
    ['Postgres', { url: await server.newDatabase() }],
  ]
  const figures: Figure[] = []
  let lost = 0
  try {
    for (const [dialect, place] of places) {
      const { slack, text } = bench
      await (await startNox(place, slack.apiUrl)).stop()
      const before = await sizeOf(place)
      const nox = await startNox(place, slack.apiUrl)
      const count = Math.ceil(orders * bench.scale)
      const sent = await runLoad({ ports: [nox.port], slack, text, count, concurrency: 16 })
      await nox.stop()
      lost += sent.lost
      const bytes = ((await sizeOf(place)) - before) / count
      progress(`${dialect}: ${round(bytes)} bytes an order`)
      figures.push({
        what: `${dialect}: bytes of an order, its audit record and indexes`,
        base: '',
        measured: `${round(bytes)} B`,
        isKept: true,
      })
    }
  } finally {
    await server.stop()
  }
  return { figures, lost }
}
