import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import type { Delivered } from './post-to-nox.ts'
import { type Outgoing, parse, type SocketWay } from './transport.ts'

/** How long an address of `apps.connections.open` waits for its client, ms. */
const ticketLifetimeMs = 30_000

/** Socket Mode: clients connect with a one-time ticket, get envelopes, acknowledge them by id. */
export class SocketMode implements SocketWay {
  readonly #core: Core
  readonly #ackTimeoutMs: number
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #tickets = new Map<string, number>()
  readonly #sockets = new Set<WebSocket>()
  readonly #waiting = new Map<string, (delivered: Delivered) => void>()
  #turn = 0

  constructor(core: Core, ackTimeoutMs: number) {
    this.#core = core
    this.#ackTimeoutMs = ackTimeoutMs
  }

  get connections(): number {
    return this.#sockets.size
  }

  get connected(): boolean {
    return this.connections > 0
  }

  /** A WebSocket address for one client. */
  open(): string {
    const ticket = randomBytes(18).toString('base64url')
    this.#tickets.set(ticket, this.#core.now() + ticketLifetimeMs)
    return `${this.#core.publicUrl.replace(/^http/, 'ws')}/socket/?ticket=${ticket}&app_id=${this.#core.app.id}`
  }

  /** Takes an HTTP upgrade on `/socket/`; false if it is not for this server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = new URL(request.url ?? '/', 'http://double')
    if (url.pathname !== '/socket/') return false
    const ticket = url.searchParams.get('ticket') ?? ''
    const until = this.#tickets.get(ticket) ?? 0
    this.#tickets.delete(ticket)
    if (until < this.#core.now()) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return true
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#welcome(client))
    return true
  }

  /** Sends an envelope to one of the clients, in turn, and waits for its acknowledgement. */
  send(outgoing: Outgoing): Promise<Delivered> {
    const clients = [...this.#sockets]
    const client = clients[this.#turn++ % clients.length]
    const envelopeId = this.#core.ids.next('En')
    return new Promise((resolve) => {
      const callOff = this.#core.later(this.#ackTimeoutMs, () => {
        this.#waiting.delete(envelopeId)
        resolve({ status: 0, body: '', reason: 'http_timeout', noRetry: false })
      })
      this.#waiting.set(envelopeId, (delivered) => {
        callOff()
        this.#waiting.delete(envelopeId)
        resolve(delivered)
      })
      client?.send(
        JSON.stringify({
          envelope_id: envelopeId,
          type: outgoing.type,
          payload: outgoing.payload,
          accepts_response_payload: outgoing.type !== 'events_api',
          ...(outgoing.type === 'events_api'
            ? { retry_attempt: outgoing.retry?.attempt ?? 0, retry_reason: outgoing.retry?.reason ?? '' }
            : {}),
        }),
      )
    })
  }

  /** Asks every client to come back on a new address, as Slack does every few hours; the client closes the old one. */
  refresh(): void {
    for (const client of this.#sockets) {
      // Nothing more is delivered to a connection that ends.
      this.#sockets.delete(client)
      client.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'sandbox' } }))
    }
  }

  /** Breaks every connection, without a word. */
  drop(): void {
    for (const client of this.#sockets) client.terminate()
  }

  close(): void {
    this.drop()
    for (const settle of this.#waiting.values()) {
      settle({ status: 0, body: '', reason: 'connection_failed', noRetry: true })
    }
    this.#server.close()
  }

  #welcome(client: WebSocket): void {
    this.#sockets.add(client)
    client.on('close', () => this.#sockets.delete(client))
    client.on('error', () => client.terminate())
    client.on('message', (data) => this.#acknowledge(String(data)))
    client.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.size,
        connection_info: { app_id: this.#core.app.id },
        debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
      }),
    )
  }

  #acknowledge(data: string): void {
    const message = parse(data)
    if (!isRecord(message)) return
    const payload = message.payload
    const empty = payload === undefined || (isRecord(payload) && Object.keys(payload).length === 0)
    const body = empty ? '' : typeof payload === 'string' ? payload : JSON.stringify(payload)
    this.#waiting.get(String(message.envelope_id))?.({ status: 200, body, reason: null, noRetry: false })
  }
}
