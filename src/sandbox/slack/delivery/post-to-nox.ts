import { Agent, request as httpRequest } from 'node:http'
import type { Core } from '../core.ts'
import { sign } from './sign.ts'

/** Why a delivery failed, in the words of `x-slack-retry-reason`. */
export type FailureReason = 'http_timeout' | 'connection_failed' | 'http_error'

export interface Delivered {
  /** 0 when NOX never answered. */
  readonly status: number
  readonly body: string
  readonly reason: FailureReason | null
  /** NOX asked not to be sent this again. */
  readonly noRetry: boolean
}

/** What a test changes of a signed request. */
export interface RequestOverrides {
  readonly signature?: string
  /** Seconds since 1970, as a string. */
  readonly timestamp?: string
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

const longestAnswer = 1024 * 1024

/** Posts signed requests to NOX over kept-alive connections. */
export class Poster {
  readonly #core: Core
  readonly #path: string
  readonly #timeoutMs: number
  readonly #agent = new Agent({ keepAlive: true })
  #up: boolean | null = null

  constructor(core: Core, path: string, timeoutMs: number) {
    this.#core = core
    this.#path = path
    this.#timeoutMs = timeoutMs
  }

  /** Whether NOX answered the last request; null before the first. */
  get up(): boolean | null {
    return this.#up
  }

  close(): void {
    this.#agent.destroy()
  }

  /** Sends one request; never throws. */
  async post(body: string, contentType: string, overrides: RequestOverrides = {}): Promise<Delivered> {
    const { app, noxUrl, now } = this.#core
    const timestamp = overrides.timestamp ?? String(Math.floor(now() / 1000))
    const headers = {
      'content-type': overrides.contentType ?? contentType,
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: '*/*',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': overrides.signature ?? sign(app.signingSecret, timestamp, body),
      ...overrides.headers,
    }
    const delivered = await this.#send(`${noxUrl}${this.#path}`, headers, body)
    const up = delivered.reason !== 'connection_failed'
    if (up !== this.#up) this.#core.hub.emit({ type: 'nox', up })
    this.#up = up
    return delivered
  }

  #send(address: string, headers: Record<string, string>, body: string): Promise<Delivered> {
    return new Promise((resolve) => {
      const fail = (reason: FailureReason) => resolve({ status: 0, body: '', reason, noRetry: false })
      if (!URL.canParse(address)) return fail('connection_failed')
      const request = httpRequest(address, { method: 'POST', headers, agent: this.#agent })
      let late = false
      const callOff = this.#core.later(this.#timeoutMs, () => {
        late = true
        fail('http_timeout')
        request.destroy()
      })
      request.on('close', callOff)
      request.on('error', (error: NodeJS.ErrnoException) => {
        // NOX closed a kept-alive connection just as it was taken up again: once more on a fresh one.
        if (!late && request.reusedSocket && error.code === 'ECONNRESET') resolve(this.#send(address, headers, body))
        else fail('connection_failed')
      })
      request.on('response', (response) => {
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size <= longestAnswer) parts.push(part)
        })
        response.on('error', () => fail('connection_failed'))
        response.on('end', () => {
          const status = response.statusCode ?? 0
          resolve({
            status,
            body: Buffer.concat(parts).toString('utf8'),
            reason: status >= 200 && status < 300 ? null : 'http_error',
            noRetry: response.headers['x-slack-no-retry'] === '1',
          })
        })
      })
      request.end(body)
    })
  }
}
