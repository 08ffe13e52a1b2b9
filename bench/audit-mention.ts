import { join } from 'node:path'
import type { DatabaseConfig } from '../src/config.ts'
import { fillAudit } from './audit.ts'
import { type Bench, type PartResult, progress } from './bench.ts'
import { interleave } from './interleave.ts'
import { startPostgres } from './postgres.ts'
import { type Figure, round } from './table.ts'
import { benchTenant, seed, startNox } from './targets.ts'

const many = 1_000_000
const most = 1.1

/** A mention's p50 where the log of its tenant has 1,000,000 records, beside one whose log is new. */
export async function benchAuditMention(bench: Bench): Promise<PartResult> {
  const server = await startPostgres()
  const places: readonly (readonly [string, (rows: number) => Promise<DatabaseConfig>])[] = [
    ['SQLite', async (rows) => ({ path: join(bench.folder, `log-of-${rows}.db`) })],
    ['Postgres', async () => ({ url: await server.newDatabase() })],
  ]
  const rows = Math.ceil(many * bench.scale)
  const figures: Figure[] = []
  let lost = 0
  try {
    for (const [dialect, newPlace] of places) {
      const [short, long] = [await newPlace(1), await newPlace(rows)]
      for (const [place, count] of [
        [short, 1],
        [long, rows],
      ] as const) {
        await seed(place)
        await fillAudit(place, benchTenant, count, Date.now())
      }
      const nox = [await startNox(short, bench.slack.apiUrl), await startNox(long, bench.slack.apiUrl)]
      const results = await interleave(
        bench,
        nox.map((target, index) => ({ name: index === 0 ? '1 record' : `${rows} records`, target })),
      )
      await Promise.all(nox.map((each) => each.stop()))
      for (const { name, p50, p99 } of results)
        progress(`${dialect}: ${name}: p50 ${round(p50)} ms, p99 ${round(p99)} ms`)
      const [one, all] = results
      if (!one || !all) continue
      const ratio = all.p50 / one.p50
      lost += one.lost + all.lost
      figures.push({
        what: `${dialect}: answer p50, ${rows.toLocaleString('en')} audit records of the tenant`,
        base: `${round(one.p50)} ms`,
        measured: `${round(all.p50)} ms`,
        ratio,
        wanted: `≤ ${most.toFixed(2)}`,
        isKept: ratio <= most,
      })
    }
  } finally {
    await server.stop()
  }
  return { figures, lost }
}
