import type { Core } from '../core.ts'
import { requestHeader } from '../traces.ts'
import type { Delivered, Poster, RequestOverrides } from './post-to-nox.ts'

export type EnvelopeType = 'events_api' | 'interactive' | 'slash_commands'

/** What goes to NOX, ready for either way in. */
export interface Outgoing {
  readonly type: EnvelopeType
  /** For the inspector: `app_mention`, `block_actions`, `/nox`. */
  readonly name: string
  readonly about: string
  readonly payload: Record<string, unknown>
  readonly retry?: { readonly attempt: number; readonly reason: string }
  readonly overrides?: RequestOverrides
}

/** The Socket Mode side: sends an envelope if a client is connected. */
export interface SocketWay {
  readonly connected: boolean
  send(outgoing: Outgoing): Promise<Delivered>
}

/** Sends payloads to NOX, over its socket when one is open, else signed over HTTP; records each. */
export class Transport {
  readonly #core: Core
  readonly #poster: Poster
  readonly #socket: SocketWay

  constructor(core: Core, poster: Poster, socket: SocketWay) {
    this.#core = core
    this.#poster = poster
    this.#socket = socket
  }

  async send(outgoing: Outgoing): Promise<Delivered> {
    const started = performance.now()
    const at = this.#core.now()
    const id = this.#core.traces.nextId()
    const delivered = this.#socket.connected
      ? await this.#socket.send(outgoing)
      : await this.#poster.post(encode(outgoing), contentTypes[outgoing.type], {
          ...outgoing.overrides,
          headers: { [requestHeader]: id, ...retryHeaders(outgoing), ...outgoing.overrides?.headers },
        })
    const trace = {
      at,
      direction: 'to-nox',
      name: outgoing.name,
      about: outgoing.about,
      status: delivered.status,
      ms: Math.round(performance.now() - started),
      request: outgoing.payload,
      response: parse(delivered.body),
    } as const
    this.#core.traces.add(trace, id)
    return delivered
  }
}

// Slack's own content types, to the letter: Bolt refuses a charset here.
const contentTypes: Readonly<Record<EnvelopeType, string>> = {
  events_api: 'application/json',
  interactive: 'application/x-www-form-urlencoded',
  slash_commands: 'application/x-www-form-urlencoded',
}

function encode({ type, payload }: Outgoing): string {
  if (type === 'events_api') return JSON.stringify(payload)
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return new URLSearchParams(Object.entries(payload).map(([key, value]) => [key, String(value)])).toString()
}

function retryHeaders({ retry }: Outgoing): Record<string, string> {
  return retry ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason } : {}
}

/** NOX's answer as JSON where it is, else as text; undefined when empty. */
export function parse(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
