import { setTimeout as sleep } from 'node:timers/promises'
import type { Agent } from 'undici'
import { createRoundRobin } from '../../../domain/round-robin.ts'
import { traced } from '../../../domain/trace.ts'
import { connectionError, openCodes, SlackCallError } from './error.ts'
import { createPool } from './pool.ts'
import { sendPost } from './send.ts'

/** Values as Slack's documentation has them; in a form, objects, lists and flags are written as JSON. */
export type CallArguments = { readonly [name: string]: unknown }

export interface CallOptions {
  /** `always`: doing it twice is doing it once. `when-sure`: only where it certainly was not done. Default `when-sure`. */
  readonly repeat?: 'always' | 'when-sure'
  /** How long repeats may go on, ms; 0 = one attempt. Default 20 s. */
  readonly patienceMs?: number
}

export type Reply = { readonly [key: string]: unknown }

/** Slack's Web API over one pool of connections. Rejects with `SlackCallError`. */
export interface WebApi {
  call(token: string | null, method: string, args: CallArguments, options?: CallOptions): Promise<Reply>
  /** Sends a file's content to the address that `files.getUploadURLExternal` gave. */
  upload(url: string, content: Buffer): Promise<void>
  close(): Promise<void>
}

export interface WebApiOptions {
  /** `https://slack.com/api/`, or a local double's. */
  readonly apiUrl: string
  readonly connections?: number
  /** Time limit of one attempt, ms. */
  readonly timeoutMs?: number
  /** Told after each attempt: `ok`, or the outcome of its failure. For metrics. */
  readonly onCall?: (method: string, outcome: string, seconds: number) => void
}

/** Methods that most calls go to, and that Slack also takes as JSON: a third shorter, and quicker to write. */
const takesJson: ReadonlySet<string> = new Set(['chat.postMessage', 'chat.update'])

const longestWait = 60_000
/** Lanes that Slack asked to pause; more are forgotten, oldest first. */
const mostPauses = 10_000

/** Calls beyond the connections (64) wait, each token's in turn; so does a lane that Slack asked to pause. */
export function createWebApi(options: WebApiOptions): WebApi {
  const base = new URL(options.apiUrl)
  const timeout = options.timeoutMs ?? 10_000
  const limits = { headersTimeout: timeout, bodyTimeout: timeout, connect: { timeout: Math.min(timeout, 5_000) } }
  const connections = options.connections ?? 64
  const pool = createPool(base.origin, { connections, ...limits })
  /** Calls under way; the others wait by their token, so that one workspace's many don't hold up another's few. */
  let underWay = 0
  const waiting = createRoundRobin<() => void>()
  let uploads: Agent | undefined
  const pausedUntil = new Map<string, number>()

  /** The next call takes the place of one that is over. */
  function makeWay(): void {
    const next = waiting.take()
    if (next) next()
    else underWay -= 1
  }

  async function attempt(token: string | null, method: string, args: CallArguments): Promise<Reply> {
    if (underWay >= connections) await new Promise<void>((go) => waiting.add(token ?? '', go))
    else underWay += 1
    const started = performance.now()
    const report = (outcome: string) => options.onCall?.(method, outcome, (performance.now() - started) / 1000)
    try {
      const isJson = takesJson.has(method)
      const headers: Record<string, string> = {
        'content-type': isJson ? 'application/json; charset=utf-8' : 'application/x-www-form-urlencoded',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      }
      const body = isJson ? JSON.stringify(args) : encodeForm(args)
      const raw = await sendPost(pool, `${base.pathname}${method}`, headers, body).catch((error) => {
        throw connectionError(method, error)
      })
      const reply = readReply(method, raw.status, raw.headers['retry-after'], raw.body)
      report('ok')
      return reply
    } catch (error) {
      report(error instanceof SlackCallError ? error.outcome : 'error')
      throw error
    } finally {
      makeWay()
    }
  }

  function pause(lane: string, until: number): void {
    pausedUntil.delete(lane)
    pausedUntil.set(lane, until)
    if (pausedUntil.size > mostPauses) pausedUntil.delete(pausedUntil.keys().next().value ?? '')
  }

  async function call(token: string | null, method: string, args: CallArguments, how: CallOptions = {}) {
    const deadline = Date.now() + (how.patienceMs ?? 20_000)
    // Slack counts messages per channel and everything else per method and workspace.
    const lane = `${token} ${method} ${typeof args.channel === 'string' ? args.channel : ''}`
    for (let failures = 0; ; failures += 1) {
      const paused = (pausedUntil.get(lane) ?? 0) - Date.now()
      if (paused > 0) {
        if (Date.now() + paused > deadline) throw new SlackCallError(method, 'ratelimited', 'limited', paused)
        await sleep(paused)
      } else pausedUntil.delete(lane)
      try {
        return await traced(`slack ${method}`, () => attempt(token, method, args))
      } catch (error) {
        if (!(error instanceof SlackCallError)) throw error
        const wait = error.retryAfterMs ?? Math.min(longestWait, 250 * 2 ** failures) * (0.75 + Math.random() / 2)
        if (error.outcome === 'limited') pause(lane, Date.now() + wait)
        const mayRepeat = error.outcome !== 'refused' && (error.outcome !== 'unknown' || how.repeat === 'always')
        if (!mayRepeat || Date.now() + wait > deadline) throw error
        if (error.outcome !== 'limited') await sleep(wait)
      }
    }
  }

  return {
    call,
    async upload(url, content) {
      const { Agent: Uploads, request } = await import('undici')
      uploads ??= new Uploads({ connections: 4, ...limits })
      const { statusCode, body } = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: content,
        dispatcher: uploads,
      }).catch((error) => {
        throw connectionError('upload', error)
      })
      await body.dump()
      if (statusCode !== 200) throw new SlackCallError('upload', `status_${statusCode}`, 'unknown')
    },
    close: async () => {
      await Promise.all([pool.destroy(), uploads?.destroy()])
    },
  }
}

function encodeForm(args: CallArguments): string {
  const fields: string[] = []
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined) continue
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    // Half a surrogate pair is no text that could be sent.
    fields.push(`${name}=${encodeURIComponent(text.toWellFormed())}`)
  }
  return fields.join('&')
}

function readReply(method: string, status: number, retryAfter: unknown, body: string): Reply {
  if (status === 429) {
    const seconds = Number(retryAfter)
    const wait = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1_000
    throw new SlackCallError(method, 'ratelimited', 'limited', Math.min(wait, 15 * longestWait))
  }
  if (status >= 500) throw new SlackCallError(method, `status_${status}`, 'unknown')
  let reply: Reply
  try {
    reply = JSON.parse(body) as Reply
  } catch {
    throw new SlackCallError(method, 'not_json', 'unknown')
  }
  if (reply?.ok === true) return reply
  const code = typeof reply?.error === 'string' ? reply.error : `status_${status}`
  if (code === 'ratelimited' || code === 'rate_limited') throw new SlackCallError(method, code, 'limited', 1_000)
  throw new SlackCallError(method, code, openCodes.has(code) ? 'unknown' : 'refused')
}
