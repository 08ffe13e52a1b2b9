import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../../domain/answer.ts'
import type { LiveMessage } from '../../domain/messenger.ts'
import { phrase } from '../../texts/phrase.ts'
import { isLostMessage, SlackCallError } from './web-api/error.ts'

/** How a live message reaches Slack; each call is one attempt, and rejects where it failed. */
export interface LiveTransport {
  /** Told of a state as soon as it is wanted: what can be made ready before it may be sent. Never throws. */
  prepare?(answer: Answer): void
  /** Posts and gives the ts. `last`: this state must be seen, even if an earlier post may have landed unseen. */
  post(answer: Answer, last: boolean): Promise<string>
  update(ts: string, answer: Answer): Promise<void>
  /** Tells the last state where its place took it no more. Rejects where nobody could be told. */
  tellApart?(answer: Answer, error: unknown): Promise<void>
  /** What follows the last state (a file), once. */
  complete(ts: string, answer: Answer): Promise<void>
}

export interface LiveOptions {
  readonly messageTs: string | null
  readonly onPosted: (ts: string) => Promise<void>
  readonly onFailure: (error: unknown, last: boolean) => void
  /** Between two edits of one message, ms. */
  readonly interval?: number
  /** How long the last state is retried, ms. */
  readonly patience?: number
  /** Nothing is sent before this resolves, and nothing at all where it rejects. */
  readonly after?: Promise<unknown>
}

/** A state that Slack held back for so long (ms), or that often, says why it comes late. */
const worthSaying = { waitMs: 3_000, times: 2 }

/** What the next state says of the ones before it, which came late or never. */
const asLate = (answer: Answer): Answer => ({ ...answer, context: [...(answer.context ?? []), phrase('slack.slow')] })

/** A message that is edited in place: the newest state wins, the last one is always sent. */
export function createLiveMessage(transport: LiveTransport, options: LiveOptions): LiveMessage {
  const interval = options.interval ?? 1_000
  const patience = options.patience ?? 5 * 60_000
  let ts = options.messageTs
  let wanted: Answer | null = null
  let last: Answer | null = null
  let working: Promise<void> | null = null
  let nextAt = 0
  let deadline = Number.POSITIVE_INFINITY
  let failures = 0
  /** A post whose fate nobody can tell: no second one before the last state. */
  let unsure = false
  let isToldApart = false
  let isHeldBack = false

  async function send(answer: Answer, isLate: boolean): Promise<void> {
    if (ts !== null) return transport.update(ts, isLate ? asLate(answer) : answer)
    ts = await transport.post(answer, answer === last)
    // The end of the action records the ts in the same commit; only a file that follows keeps it waiting.
    if (answer === last && !answer.file) return
    await options.onPosted(ts).catch((error) => options.onFailure(error, false))
  }

  /** True where the state is dropped for good. */
  function failed(answer: Answer, error: unknown): boolean {
    failures += 1
    const known = error instanceof SlackCallError ? error : null
    if (ts !== null && isLostMessage(error)) {
      // The state goes into a new one.
      ts = null
      return false
    }
    if (ts === null && known?.outcome === 'unknown') unsure = true
    const wait = known?.retryAfterMs ?? Math.min(30_000, interval * 2 ** Math.min(failures, 5))
    nextAt = Date.now() + wait
    isHeldBack ||= known?.outcome === 'limited' && (wait >= worthSaying.waitMs || failures >= worthSaying.times)
    const hopeless = known?.outcome === 'refused' || failures > 60 || nextAt > deadline
    if (hopeless && (answer !== last || !transport.tellApart)) options.onFailure(error, answer === last)
    return hopeless || (unsure && answer !== last)
  }

  const mayBegin = (options.after ?? Promise.resolve()).then(
    () => true,
    () => false,
  )

  async function work(): Promise<void> {
    if (!(await mayBegin)) wanted = null
    while (wanted) {
      const wait = nextAt - Date.now()
      if (wait > 0) await sleep(wait)
      const answer: Answer = wanted
      if (ts === null && unsure && answer !== last) {
        wanted = null
        continue
      }
      let settled = true
      try {
        await send(answer, isHeldBack && answer !== last)
        failures = 0
        isHeldBack = false
        nextAt = Date.now() + interval
      } catch (error) {
        settled = failed(answer, error)
        if (settled && answer === last) await tellApart(answer, error)
      }
      if (settled && wanted === answer) wanted = null
    }
    working = null
  }

  async function tellApart(answer: Answer, error: unknown): Promise<void> {
    try {
      await transport.tellApart?.(answer, error)
      isToldApart = transport.tellApart !== undefined
    } catch (failure) {
      options.onFailure(failure, true)
    }
  }

  function push(answer: Answer): Promise<void> {
    wanted = answer
    if (ts === null) transport.prepare?.(answer)
    working ??= work()
    return working
  }

  return {
    show(answer) {
      if (!last) void push(answer)
    },
    async finish(answer) {
      last = answer
      deadline = Date.now() + patience
      await push(answer)
      if (ts !== null && !isToldApart)
        await transport.complete(ts, answer).catch((error) => options.onFailure(error, true))
      return ts
    },
  }
}
