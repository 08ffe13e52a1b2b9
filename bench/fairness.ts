import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConfig } from '../src/config.ts'
import { type Bench, type PartResult, progress } from './bench.ts'
import { Connection } from './connection.ts'
import { fillTenants, teamOfTenant } from './fill-tenants.ts'
import { percentile, runLoad } from './load.ts'
import { mentionRequest, workspace } from './mention.ts'
import { startPostgres } from './postgres.ts'
import { type Figure, round } from './table.ts'
import { startNox, type Target } from './targets.ts'

/** What one tenant pours in, as fast as HTTP takes it. */
const flood = 10_000
/** Requests of it that are under way at once. */
const connections = 1_000
/** Tenants whose first mention ever comes meanwhile, evenly over the flood, each on a connection of its own. */
const others = 9
const mostMs = 1_000
const answerWithinMs = 60_000
/** What is measured is a server at work, not its first second. */
const warmUp = 4_000

/** Mentions by number, far from those of other parts: no event comes twice. */
let next = 500_000_000

interface Seen {
  /** From the first of the flood to its last acknowledgement (ms). */
  readonly pouredMs: number
  /** Of the others, each from before its connection was opened (ms). */
  readonly acks: readonly number[]
  readonly answers: readonly number[]
  readonly lost: number
}

async function measure(target: Target, { slack, text }: Bench, count: number): Promise<Seen> {
  const answered = new Map<number, (at: number) => void>()
  const answerOf = (number: number) =>
    new Promise<number>((resolve) => {
      answered.set(number, resolve)
      setTimeout(() => resolve(Number.POSITIVE_INFINITY), answerWithinMs).unref()
    })
  slack.onAnswer = (number, at) => {
    answered.get(number)?.(at)
    answered.delete(number)
  }
  const open = (many: number) => Promise.all(Array.from({ length: many }, () => new Connection().open(target.port)))
  const many = await open(connections)
  let sent = 0
  let refused = 0
  const answers: Promise<number>[] = []
  const start = performance.now()
  const pour = async (connection: Connection) => {
    while (sent < count) {
      sent += 1
      const number = next++
      answers.push(answerOf(number))
      if ((await connection.request(mentionRequest(number, text, target.port))) !== 200) refused += 1
    }
  }
  const first = async (_: unknown, n: number) => {
    while (sent < (count * (n + 0.5)) / others) await sleep(5)
    const number = next++
    const told = answerOf(number)
    const from = performance.now()
    const connection = await new Connection().open(target.port)
    if ((await connection.request(mentionRequest(number, text, target.port, teamOfTenant(n + 1)))) !== 200) refused += 1
    const ack = performance.now() - from
    connection.close()
    return { ack, answer: (await told) - from }
  }
  const poured = Promise.all(many.map(pour)).then(() => performance.now() - start)
  const firsts = await Promise.all(Array.from({ length: others }, first))
  const pouredMs = await poured
  const times = await Promise.all(answers)
  for (const connection of many) connection.close()
  return {
    pouredMs,
    acks: firsts.map(({ ack }) => ack),
    answers: firsts.map(({ answer }) => answer),
    lost: refused + times.filter((at) => !Number.isFinite(at)).length,
  }
}

/** What the first mention of others waits for while one tenant pours in 10,000. */
export async function benchFairness(bench: Bench): Promise<PartResult> {
  const count = Math.ceil(flood * bench.scale)
  const server = await startPostgres()
  const places: readonly (readonly [string, () => Promise<DatabaseConfig>])[] = [
    ['SQLite', async () => ({ path: join(bench.folder, 'fairness.db') })],
    ['Postgres', async () => ({ url: await server.newDatabase() })],
  ]
  const figures: Figure[] = []
  let lost = 0
  try {
    for (const [dialect, newPlace] of places) {
      const place = await newPlace()
      await fillTenants(place, others + 1)
      const target = await startNox(place, bench.slack.apiUrl)
      const { slack, text } = bench
      const warm = Math.ceil(warmUp * bench.scale)
      await runLoad({ ports: [target.port], slack, text, count: warm, concurrency: 16 })
      const seen = await measure(target, bench, count)
      await target.stop()
      progress(`${dialect}: ${count} mentions of ${workspace.team} taken in ${round(seen.pouredMs)} ms`)
      figures.push(figureOf(dialect, 'acknowledged', count, seen.pouredMs, seen.acks))
      figures.push(figureOf(dialect, 'answered', count, seen.pouredMs, seen.answers))
      lost += seen.lost
    }
  } finally {
    await server.stop()
  }
  return { figures, lost }
}

function figureOf(dialect: string, what: string, count: number, pouredMs: number, times: readonly number[]): Figure {
  const worst = Math.max(...times)
  return {
    what: `${dialect}: another's first mention ${what}, during ${count}`,
    base: `${round(pouredMs)} ms for all`,
    measured: `p50 ${round(percentile(times, 0.5))}, at most ${round(worst)} ms`,
    wanted: `≤ ${mostMs} ms`,
    isKept: worst <= mostMs,
  }
}
