import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { type Dispatcher, fetch as undiciFetch } from 'undici'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import type { Egress } from './index.ts'
import { isTooDense } from './json-weight.ts'

export interface VendorFetchOptions {
  /** As people write it, for what is told to them. */
  readonly vendor: string
  readonly egress: Egress
  /** Connections of this vendor, checked at each connect. */
  readonly dispatcher: Dispatcher
  /** What the vendor answers, and that it failed so often that nothing is sent for a while. */
  readonly onSeen?: (seen: Seen) => void
  readonly now?: () => number
  /** Waits; overridden in tests. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * How a vendor did at one request of `path` that began `at` (ms since 1970); `broken` = nothing is sent to it for a while.
 */
export type Seen =
  | {
      readonly kind: 'answer'
      readonly path: string
      readonly status: number
      readonly headers: Headers
      readonly at: number
    }
  | { readonly kind: 'broken'; readonly at: number }

/** What one attempt may take (ms). */
const attemptLimit = 15_000
/** Attempts of a request that may be repeated. */
const mostAttempts = 3
const firstPause = 250
/** A vendor that asks for more patience than this is told as busy (ms). */
const longestPause = 10_000
/** A vendor's answer; lists come in pages of some 100 KB. */
const longestBody = 16 * 1024 * 1024
const mostRedirects = 3
/** After so many failures in a row nothing is sent for a while. */
const failuresToBreak = 5
const breakMs = 15_000

const isSafe = (method: string) => method === 'GET' || method === 'HEAD'

/**
 * `fetch` for a vendor's API: only to addresses that egress allows, at each redirect too; reads are repeated where the
 * vendor stumbles, writes only where it says that it did nothing; after failures in a row it rests.
 * @throws NoxError `blocked-address`, `unreachable`, `timeout`, `vendor-failed`; statuses below 500 are given as they are
 */
export function createVendorFetch(options: VendorFetchOptions): typeof globalThis.fetch {
  const { vendor, egress, dispatcher, onSeen, now = Date.now, sleep = pause } = options
  const breaker = circuitBreaker(
    handleWhen(
      (error) => error instanceof NoxError && ['unreachable', 'timeout', 'vendor-failed'].includes(error.code),
    ),
    { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(failuresToBreak) },
  )
  breaker.onBreak(() => onSeen?.({ kind: 'broken', at: now() }))

  const silent = (code: 'unreachable' | 'timeout' | 'vendor-failed', message: string, cause?: unknown) =>
    new NoxError(code, message, { forPerson: phrase('error.vendor.silent', { vendor }), cause })

  async function attempt(url: URL, init: RequestInit, signal: AbortSignal, redirects = 0): Promise<Response> {
    await egress.check(url.href)
    const limit = AbortSignal.any([signal, AbortSignal.timeout(attemptLimit)])
    let response: Awaited<ReturnType<typeof undiciFetch>>
    let body: Uint8Array
    try {
      response = await undiciFetch(url, {
        ...(init as Parameters<typeof undiciFetch>[1]),
        signal: limit,
        redirect: 'manual',
        dispatcher,
      })
      body = await readAll(response.body, vendor)
    } catch (error) {
      throw connectionProblem(error, signal)
    }
    const location = response.headers.get('location')
    if (response.status >= 301 && response.status <= 308 && response.status !== 304 && location !== null) {
      const next = new URL(location, url)
      // Another host would get the credentials: a vendor's API has no reason to send NOX there.
      if (next.origin !== url.origin || !isSafe(init.method ?? 'GET') || redirects >= mostRedirects) {
        throw new NoxError('vendor-refused', `redirected to another place: ${next.host}`, {
          forPerson: phrase('error.vendor.redirect', { vendor, host: next.host }),
        })
      }
      return attempt(next, init, signal, redirects + 1)
    }
    const empty = body.length === 0 || [204, 205, 304].includes(response.status)
    return new Response(empty ? null : body.slice(), {
      status: response.status,
      statusText: response.statusText,
      headers: plainHeaders(response.headers),
    })
  }

  function connectionProblem(error: unknown, signal: AbortSignal): unknown {
    for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
      if (cause instanceof NoxError) return cause
    }
    if (signal.aborted) return signal.reason ?? error
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return silent(isLate ? 'timeout' : 'unreachable', `${vendor} does not answer`, error)
  }

  async function send(url: URL, init: RequestInit, signal: AbortSignal): Promise<Response> {
    const safe = isSafe(init.method ?? 'GET')
    for (let count = 1; ; count += 1) {
      const isLast = count >= mostAttempts
      try {
        const response = await attempt(url, init, signal)
        const wait = patience(response, safe, count)
        if (wait === null || isLast) {
          if (response.status < 500) return response
          throw silent('vendor-failed', `${vendor} answered ${response.status}`)
        }
        await sleep(wait, signal)
      } catch (error) {
        const again = error instanceof NoxError && (error.code === 'unreachable' || error.code === 'timeout')
        if (!safe || !again || isLast || signal.aborted) throw error
        await sleep(firstPause * 2 ** (count - 1), signal)
      }
    }
  }

  return async (input, init = {}) => {
    const { url, options: given } = await unfold(input, init)
    const signal = given.signal ?? new AbortController().signal
    const at = now()
    try {
      const response = await breaker.execute(() => send(url, given, signal), signal)
      onSeen?.({ kind: 'answer', path: url.pathname, status: response.status, headers: response.headers, at })
      return response
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw silent('unreachable', `${vendor} failed before; NOX rests`, error)
      throw error
    }
  }
}

/** How long to wait before a repeat is sent (ms); `null` = the response stands. */
function patience(response: Response, safe: boolean, count: number): number | null {
  const after = retryAfter(response.headers)
  const isThrottled = response.status === 429 || (response.status === 403 && after !== null)
  if (isThrottled) return after !== null && after <= longestPause ? after : null
  if (safe && [500, 502, 503, 504].includes(response.status)) {
    return Math.min(after ?? firstPause * 2 ** (count - 1), longestPause)
  }
  return null
}

/** `Retry-After` in milliseconds, as seconds or as a date. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')
  if (value === null) return null
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

async function unfold(input: RequestInfo | URL, init: RequestInit): Promise<{ url: URL; options: RequestInit }> {
  if (init.body instanceof FormData) {
    // Written out once: a repeat sends the same bytes, whosever FormData it is.
    const form = new Response(init.body)
    const headers = new Headers(init.headers)
    headers.set('content-type', form.headers.get('content-type') ?? 'multipart/form-data')
    return unfold(input, { ...init, headers, body: await form.arrayBuffer() })
  }
  if (!(input instanceof Request)) return { url: new URL(String(input)), options: init }
  const body = input.body === null ? null : await input.arrayBuffer()
  const { method, headers, signal } = input
  return { url: new URL(input.url), options: { method, headers, signal, body, ...init } }
}

/** The body is decoded already: headers that speak of its wire form would be wrong. */
function plainHeaders(headers: Iterable<[string, string]>): [string, string][] {
  return [...headers].filter(([name]) => name !== 'content-encoding' && name !== 'content-length')
}

async function readAll(stream: AsyncIterable<Uint8Array> | null, vendor: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream ?? []) {
    length += chunk.length
    if (length > longestBody) throw new NoxError('vendor-refused', `${vendor} answered more than ${longestBody} bytes`)
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  if (isTooDense(body)) throw new NoxError('vendor-refused', `${vendor} answered more than anybody can hold`)
  return body
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(done, ms)
    function done() {
      signal.removeEventListener('abort', done)
      clearTimeout(timer)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    }
    signal.addEventListener('abort', done)
  })
