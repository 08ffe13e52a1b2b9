import { type Bench, type PartResult, progress } from './bench.ts'
import { type LoadResult, percentile, runLoad } from './load.ts'
import type { Subject } from './subjects.ts'
import { round, tableText } from './table.ts'
import type { Target } from './targets.ts'

interface Measured {
  readonly readyMs: number
  /** From the start of the process to the answer to a mention that was sent as soon as it was ready. */
  readonly firstAnswerMs: number
  readonly one: LoadResult
  readonly sixteen: LoadResult
  readonly sixtyFour: LoadResult
  /** Of all replicas together. */
  readonly residentMb: number
  /** Processor time of one mention at 16 concurrent (µs), of all replicas together, without the database's. */
  readonly cpuMicros: number
}

/** Mentions of one subject in one round. */
const counts = { warm: 2_000, one: 2_000, many: 8_000 }

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0)

async function measure(start: () => Promise<readonly Target[]>, bench: Bench): Promise<Measured> {
  const { slack, text, scale } = bench
  const stop = (replicas: readonly Target[]) => Promise.all(replicas.map((replica) => replica.stop()))
  // The second start counts: the first warms the disk's cache and migrates the database.
  await stop(await start())
  const replicas = await start()
  const ports = replicas.map(({ port }) => port)
  const load = (count: number, concurrency: number) =>
    runLoad({ ports, slack, text, count: Math.ceil(count * scale), concurrency })
  const first = await load(1 / scale, 1)
  await load(counts.warm, 16)
  const one = await load(counts.one, 1)
  const cpuMs = () => sum(replicas.map((replica) => replica.cpuMs()))
  const before = cpuMs()
  const sixteen = await load(counts.many, 16)
  const cpuMicros = ((cpuMs() - before) * 1000) / Math.ceil(counts.many * scale)
  const sixtyFour = await load(counts.many, 64)
  const residentMb = sum(replicas.map((replica) => replica.residentMb()))
  await stop(replicas)
  const readyMs = Math.max(...replicas.map((replica) => replica.readyMs))
  return { readyMs, firstAnswerMs: readyMs + first.answerP50, one, sixteen, sixtyFour, residentMb, cpuMicros }
}

const measures: readonly (readonly [string, (measured: Measured) => number])[] = [
  ['ack p50, ms at 1', ({ one }) => one.ackP50],
  ['ack p99, ms at 1', ({ one }) => one.ackP99],
  ['answer p50, ms at 1', ({ one }) => one.answerP50],
  ['answer p99, ms at 1', ({ one }) => one.answerP99],
  ['answered/s at 1', ({ one }) => one.perSecond],
  ['answered/s at 16', ({ sixteen }) => sixteen.perSecond],
  ['answered/s at 64', ({ sixtyFour }) => sixtyFour.perSecond],
  ['answer p99, ms at 16', ({ sixteen }) => sixteen.answerP99],
  ['processor, µs a mention at 16', ({ cpuMicros }) => cpuMicros],
  ['RSS after, MB', ({ residentMb }) => residentMb],
  ['ready, ms', ({ readyMs }) => readyMs],
  ['first answer, ms', ({ firstAnswerMs }) => firstAnswerMs],
]

/** The subjects one after the other in each round; medians of the rounds, beside the first subject. */
export async function benchSpeed(bench: Bench, subjects: readonly Subject[]): Promise<PartResult> {
  const results = new Map<string, Measured[]>(subjects.map(({ name }) => [name, []]))
  for (let turn = 1; turn <= bench.rounds; turn += 1) {
    for (const { name, newRound } of subjects) {
      const measured = await measure(await newRound(), bench)
      results.get(name)?.push(measured)
      const { one, sixteen, sixtyFour } = measured
      progress(
        `round ${turn} ${name}: ${[one, sixteen, sixtyFour].map(({ perSecond }) => round(perSecond)).join(', ')}/s at 1, 16, 64; ` +
          `p50 ${round(one.answerP50)} ms at 1, ${round(measured.cpuMicros)} µs of processor, ${round(measured.residentMb)} MB, ` +
          `ready ${round(measured.readyMs)} ms, lost ${one.lost + sixteen.lost + sixtyFour.lost}`,
      )
    }
  }
  const median = (name: string, of: (measured: Measured) => number) =>
    percentile((results.get(name) ?? []).map(of), 0.5)
  const peer = subjects[0]?.name ?? ''
  const rows = measures.map(([title, of]) => [
    title,
    ...subjects.flatMap(({ name }) => {
      const value = median(name, of)
      return name === peer ? [round(value)] : [round(value), `× ${(value / median(peer, of)).toFixed(2)}`]
    }),
  ])
  const head = ['× of bare Bolt', ...subjects.flatMap(({ name }) => (name === peer ? [name] : [name, '']))]
  const all = [...results.values()].flat()
  return {
    text: tableText([head, ...rows]),
    lost: sum(all.map(({ one, sixteen, sixtyFour }) => one.lost + sixteen.lost + sixtyFour.lost)),
  }
}
