import { Connection } from './connection.ts'
import { mentionRequest } from './mention.ts'
import type { SlackEnd } from './slack-end.ts'

/** What one run of mentions showed. Times in ms, from the send of a mention. */
export interface LoadResult {
  /** Mentions acknowledged and answered, per second. */
  readonly perSecond: number
  readonly ackP50: number
  readonly ackP99: number
  readonly answerP50: number
  readonly answerP99: number
  /** Mentions that were refused, or had no answer after 10 s. */
  readonly lost: number
  /** From the send of each mention to its answer, in no order. */
  readonly answers: readonly number[]
}

export interface LoadOptions {
  /** Of the replicas; mentions go to them by turns. */
  readonly ports: readonly number[]
  readonly slack: SlackEnd
  readonly text: string
  readonly count: number
  /** So many mentions are under way at once; each next one is sent when one is acknowledged and answered. */
  readonly concurrency: number
  /** The workspace that a mention comes from, by its number; absent = one for all. */
  readonly teamOf?: (number: number) => string
}

const answerWithinMs = 10_000
let sequence = 0

/** The value below which a share of the values lies. @param share from 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Sends mentions in a closed loop, and waits for every answer. */
export async function runLoad({ ports, slack, text, count, concurrency, teamOf }: LoadOptions): Promise<LoadResult> {
  const acks: number[] = []
  const answers: number[] = []
  const waiting = new Map<number, { readonly sent: number; resolve(at: number | null): void }>()
  let lost = 0
  let left = count
  slack.onAnswer = (number, at) => {
    waiting.get(number)?.resolve(at)
    waiting.delete(number)
  }
  const patience = setInterval(() => {
    for (const { sent, resolve } of waiting.values()) if (performance.now() - sent > answerWithinMs) resolve(null)
  }, 1_000)
  const sendAll = async (replicas: readonly Connection[]) => {
    while (left > 0) {
      left -= 1
      const number = sequence
      sequence += 1
      const turn = number % replicas.length
      const request = mentionRequest(number, text, ports[turn] ?? 0, teamOf?.(number))
      const sent = performance.now()
      const answered = new Promise<number | null>((resolve) => waiting.set(number, { sent, resolve }))
      const status = await replicas[turn]?.request(request)
      acks.push(performance.now() - sent)
      const at = status === 200 ? await answered : null
      if (at === null) lost += 1
      else answers.push(at - sent)
    }
  }
  const openAll = () => Promise.all(ports.map((port) => new Connection().open(port)))
  const connections = await Promise.all(Array.from({ length: concurrency }, openAll))
  const start = performance.now()
  await Promise.all(connections.map(sendAll))
  const seconds = (performance.now() - start) / 1000
  for (const connection of connections.flat()) connection.close()
  clearInterval(patience)
  return {
    perSecond: answers.length / seconds,
    ackP50: percentile(acks, 0.5),
    ackP99: percentile(acks, 0.99),
    answerP50: percentile(answers, 0.5),
    answerP99: percentile(answers, 0.99),
    lost,
    answers,
  }
}
