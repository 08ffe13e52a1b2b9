import { join } from 'node:path'
import type { DatabaseConfig } from '../src/config.ts'
import { type Bench, type PartResult, progress } from './bench.ts'
import { fillTenants, teamOfTenant } from './fill-tenants.ts'
import { interleave, type Side, type SideResult } from './interleave.ts'
import { startPostgres } from './postgres.ts'
import { type Figure, round } from './table.ts'
import { startNox, type Target } from './targets.ts'

const [few, many] = [100, 10_000]
const most = 1.1

/** Workspaces that speak in turn, far from one another in the database. */
function speakers(count: number): () => string {
  const stride = 7_919
  let spoken = 0
  return () => {
    spoken += 1
    return teamOfTenant((spoken * stride) % count)
  }
}

/**
 * A mention's p50 among 1, 100 and 10,000 tenants. Of 10,000, once as many speak as caches hold, and once all, each for
 * the first time in a while: nothing of them is in memory.
 */
export async function benchTenants(bench: Bench): Promise<PartResult> {
  const server = await startPostgres()
  const places: readonly (readonly [string, (at: number) => Promise<DatabaseConfig>])[] = [
    ['SQLite', async (at) => ({ path: join(bench.folder, `tenants-${at}.db`) })],
    ['Postgres', async () => ({ url: await server.newDatabase() })],
  ]
  const figures: Figure[] = []
  let lost = 0
  try {
    for (const [dialect, newPlace] of places) {
      const large = Math.ceil(many * bench.scale)
      const nox: Target[] = []
      // Who meets everybody has a database and a process of its own: what it crowds out is not missed by the others.
      for (const [at, count] of [1, few, large, large].entries()) {
        const place = await newPlace(at)
        await fillTenants(place, count)
        nox.push(await startNox(place, bench.slack.apiUrl))
      }
      const [one, hundred, some, all] = nox
      if (!one || !hundred || !some || !all) throw new Error('nothing was started')
      const sides: readonly Side[] = [
        { name: '1 tenant', target: one },
        { name: `${few} tenants`, target: hundred, nextTeam: speakers(few) },
        { name: `${large} tenants, ${few} speak`, target: some, nextTeam: speakers(few) },
        { name: `${large} tenants, all speak`, target: all, nextTeam: speakers(large) },
      ]
      const results = await interleave(bench, sides)
      await Promise.all(nox.map((each) => each.stop()))
      const [base, ...others] = results
      for (const each of results) progress(`${dialect}: ${told(each)}`)
      if (base) figures.push(...others.map((each) => figureOf(dialect, base, each)))
      lost += results.reduce((sum, each) => sum + each.lost, 0)
    }
  } finally {
    await server.stop()
  }
  return { figures, lost }
}

const told = ({ name, p50, p99, cpuMicros }: SideResult) =>
  `${name}: p50 ${round(p50)} ms, p99 ${round(p99)} ms, ${round(cpuMicros)} µs of processor`

function figureOf(dialect: string, base: SideResult, { name, p50 }: SideResult): Figure {
  const ratio = p50 / base.p50
  return {
    what: `${dialect}: answer p50, ${name}`,
    base: `${round(base.p50)} ms`,
    measured: `${round(p50)} ms`,
    ratio,
    wanted: `≤ ${most.toFixed(2)}`,
    isKept: ratio <= most,
  }
}
