import { join } from 'node:path'
import type { DatabaseConfig } from '../src/config.ts'
import { type Bench, type PartResult, progress } from './bench.ts'
import { fillTenants, teamOfTenant } from './fill-tenants.ts'
import { interleave, type SideResult } from './interleave.ts'
import { runLoad } from './load.ts'
import { startPostgres } from './postgres.ts'
import { type Figure, round } from './table.ts'
import { startNox, type Target } from './targets.ts'

const [few, many] = [100, 10_000]
const most = 1.1
/** Of all tenants together (MB): some 10 KB each, and what V8 keeps free. */
const mostMb = 120

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
 * A mention's p50 among 1, 100 and 10,000 tenants: of these, where 100 speak, where all do, and the first of each, of whom
 * nothing is in memory.
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
      const result = await benchDatabase(bench, dialect, newPlace)
      figures.push(...result.figures)
      lost += result.lost
    }
  } finally {
    await server.stop()
  }
  return { figures, lost }
}

async function benchDatabase(bench: Bench, dialect: string, newPlace: (at: number) => Promise<DatabaseConfig>) {
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
  const everybody = speakers(large)
  const base = { name: '1 tenant', target: one }
  const before = await interleave(bench, [
    base,
    { name: `${few} tenants`, target: hundred, nextTeam: speakers(few) },
    { name: `${large} tenants, ${few} speak`, target: some, nextTeam: speakers(few) },
    { name: `${large} tenants, the first mention of each`, target: all, nextTeam: everybody },
  ])
  const load = { slack: bench.slack, text: bench.text, count: large, concurrency: 8 }
  const { lost } = await runLoad({ ...load, ports: [all.port], teamOf: everybody })
  // As many mentions of one: what is left of them is not what the tenants take.
  await runLoad({ ...load, ports: [one.port] })
  const after = await interleave(bench, [
    base,
    { name: `${large} tenants, all speak`, target: all, nextTeam: everybody },
  ])
  const memory = memoryOf(dialect, large, one, all)
  await Promise.all(nox.map((each) => each.stop()))
  const results = [...before, ...after]
  for (const each of results) progress(`${dialect}: ${told(each)}`)
  return {
    figures: [
      ...[before, after].flatMap(([own, ...others]) => (own ? others.map((each) => figureOf(dialect, own, each)) : [])),
      memory,
    ],
    lost: results.reduce((sum, each) => sum + each.lost, lost),
  }
}

const told = ({ name, p50, p99, cpuMicros }: SideResult) =>
  `${name}: p50 ${round(p50)} ms, p99 ${round(p99)} ms, ${round(cpuMicros)} µs of processor`

/** What is wanted is of tenants that spoke before; what the first mention costs is told. */
function figureOf(dialect: string, base: SideResult, { name, p50 }: SideResult): Figure {
  const ratio = p50 / base.p50
  const isFirst = name.includes('first')
  return {
    what: `${dialect}: answer p50, ${name}`,
    base: `${round(base.p50)} ms`,
    measured: `${round(p50)} ms`,
    ratio,
    ...(isFirst ? {} : { wanted: `≤ ${most.toFixed(2)}` }),
    isKept: isFirst || ratio <= most,
  }
}

/** What a process holds of all tenants once all have spoken. */
function memoryOf(dialect: string, count: number, one: Target, all: Target): Figure {
  const [own, more] = [one.residentMb(), all.residentMb()]
  return {
    what: `${dialect}: memory, ${count} tenants that spoke`,
    base: `${round(own)} MB`,
    measured: `${round(more)} MB`,
    wanted: `+ ≤ ${mostMb} MB`,
    isKept: more - own <= mostMb,
  }
}
