import type { Bench } from './bench.ts'
import { percentile, runLoad } from './load.ts'
import type { Target } from './targets.ts'

/** One of several that are measured by turns. */
export interface Side {
  readonly name: string
  readonly target: Target
  readonly text?: string
  /** The workspace of its next mention; absent = the bench's own. */
  readonly nextTeam?: () => string
}

export interface SideResult {
  readonly name: string
  /** From the send of a mention to its answer (ms). */
  readonly p50: number
  readonly p99: number
  /** Processor time of a mention (µs). */
  readonly cpuMicros: number
  readonly lost: number
}

/** Mentions of one side before the next has its turn: what else the machine does falls on all of them. */
const perTurn = 50
const turnsOfRound = 20

/** Mentions one at a time, to each side by turns; the first round warms. */
export async function interleave(bench: Bench, sides: readonly Side[]): Promise<readonly SideResult[]> {
  const seen = sides.map(() => ({ answers: [] as number[], cpuMs: 0, sent: 0, lost: 0 }))
  const turns = Math.ceil(turnsOfRound * bench.scale)
  for (let turn = 0; turn < (bench.rounds + 1) * turns; turn += 1) {
    for (const [index, { target, text = bench.text, nextTeam }] of sides.entries()) {
      const before = target.cpuMs()
      const load = { ports: [target.port], slack: bench.slack, text, count: perTurn, concurrency: 1 }
      const result = await runLoad({ ...load, ...(nextTeam ? { teamOf: nextTeam } : {}) })
      const all = seen[index]
      if (turn < turns || all === undefined) continue
      all.answers.push(...result.answers)
      all.cpuMs += target.cpuMs() - before
      all.sent += perTurn
      all.lost += result.lost
    }
  }
  return sides.map(({ name }, index) => {
    const { answers = [], cpuMs = 0, sent = 1, lost = 0 } = seen[index] ?? {}
    const cpuMicros = (cpuMs * 1000) / sent
    return { name, p50: percentile(answers, 0.5), p99: percentile(answers, 0.99), cpuMicros, lost }
  })
}
