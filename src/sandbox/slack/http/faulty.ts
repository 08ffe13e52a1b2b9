import { setTimeout as wait } from 'node:timers/promises'
import type { Core } from '../core.ts'
import type { DoubleFault } from '../faults.ts'

type Json = Record<string, unknown>

export interface Answer {
  readonly status: number
  readonly body: Json
  readonly headers?: Readonly<Record<string, string>>
}

/** How long an answer waits under the fault `slow`, ms: longer than Slack waits for an app. */
export const slowMs = 3500

/** What a fault does to one call: it is carried out or not, and its answer is replaced, late, or never sent. */
export interface Faulty {
  /** The call is not carried out at all. */
  readonly isSkipped: boolean
  /** The connection is cut in place of an answer. */
  readonly isCut: boolean
  /** Slack's answer in place of the real one. */
  readonly answer: Answer | null
}

/** 429 as Slack answers it, with how long to wait. */
export function limited(seconds: number): Answer {
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } }
}

function answerOf(kind: DoubleFault['kind']): Answer | null {
  if (kind === 'rate-limit') return limited(1)
  if (kind === 'server-error') return { status: 500, body: { ok: false, error: 'internal_error' } }
  return null
}

/** Takes the fault that hits a call now, if any; waits where it makes Slack slow. */
export async function meetFault(core: Core, name: string): Promise<Faulty> {
  const fault = core.faults.take(name, ['rate-limit', 'server-error', 'slow', 'reset'])
  if (!fault) return { isSkipped: false, isCut: false, answer: null }
  if (fault.kind === 'slow') await wait(fault.ms ?? slowMs)
  return {
    isSkipped: fault.kind !== 'slow' && fault.after !== true,
    isCut: fault.kind === 'reset',
    answer: answerOf(fault.kind),
  }
}
