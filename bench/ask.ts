import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from './connection.ts'
import { mentionRequest } from './mention.ts'
import type { SlackEnd } from './slack-end.ts'
import type { Target } from './targets.ts'

/** How one order went. */
export interface Asked {
  /** When what was waited for was posted (ms, `performance.now`). */
  readonly at: number
  /** From the send of the mention to it (ms). */
  readonly ms: number
  /** Resident memory meanwhile, at its most (MB). */
  readonly peakMb: number
}

/** The orders of a load have lower numbers. */
let sequence = 50_000_000
const patienceMs = 90_000
const lookEveryMs = 5

/**
 * Sends one mention and waits until a message says what is waited for, or an error.
 * @throws where neither comes in time, or another answer ended the order
 */
export async function ask(target: Target, slack: SlackEnd, text: string, until: RegExp): Promise<Asked> {
  sequence += 1
  const number = sequence
  let most = target.residentMb()
  let at: number | undefined
  let last = ''
  slack.onCall = (method, body) => {
    if (!method.startsWith('chat.')) return
    last = readable(body)
    if (until.test(last)) at ??= performance.now()
  }
  const connection = await new Connection().open(target.port)
  const sent = performance.now()
  const status = await connection.request(mentionRequest(number, text, target.port))
  connection.close()
  while (at === undefined && status === 200 && performance.now() - sent < patienceMs) {
    most = Math.max(most, target.residentMb())
    await sleep(lookEveryMs)
  }
  delete slack.onCall
  if (at === undefined) throw new Error(`${text}: ${status}, no ${until} in ${last.slice(0, 1_000)}`)
  return { at, ms: at - sent, peakMb: Math.max(most, target.residentMb()) }
}

/** A call's body as people read it, whether it is a form or JSON. */
function readable(body: string): string {
  try {
    return decodeURIComponent(body.replaceAll('+', ' '))
  } catch {
    return body
  }
}
