import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Core, createCore } from './core.ts'
import { Events } from './delivery/events.ts'
import { Interactions } from './delivery/interactions.ts'
import { Poster } from './delivery/post-to-nox.ts'
import { SocketMode } from './delivery/socket-mode.ts'
import { Transport } from './delivery/transport.ts'
import { isDoublePath, type RouterContext, route } from './http/router.ts'
import type { SlackDoubleOptions } from './options.ts'
import { persist } from './persistence.ts'

/** Bolt's own default. */
export const defaultRedirectPath = '/slack/oauth_redirect'

export interface Parts {
  readonly options: SlackDoubleOptions
  readonly core: Core
  readonly poster: Poster
  readonly socket: SocketMode
  readonly transport: Transport
  readonly events: Events
  readonly interactions: Interactions
  /** Writes down what is to be kept, if anything is. */
  readonly save: () => void
}

/** Makes the parts of one double and joins them. */
export function createParts(options: SlackDoubleOptions): Parts {
  const core = createCore(options)
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000
  const poster = new Poster(core, options.eventsPath ?? '/slack/events', ackTimeoutMs)
  const socket = new SocketMode(core, ackTimeoutMs)
  const transport = new Transport(core, poster, socket)
  const events = new Events(core, transport, options.timeFactor ?? 1)
  core.events = events
  core.openSocket = () => socket.open()
  const save = options.persist ? persist(core, options.persist.file) : () => {}
  return { options, core, poster, socket, transport, events, interactions: new Interactions(core, transport), save }
}

/** The HTTP side of a double: listens by itself, or is mounted into another server. */
export class DoubleServer {
  readonly #parts: Parts
  readonly #context: RouterContext
  #server: Server | null = null

  constructor(parts: Parts) {
    const { options, core, poster, socket, transport, interactions } = parts
    this.#parts = parts
    this.#context = {
      core,
      transport,
      interactions,
      onCluster: options.onCluster,
      onAlert: options.onAlert,
      redirectPath: options.redirectPath ?? defaultRedirectPath,
      up: () => socket.connected || poster.up !== false,
    }
  }

  /** Listens on the loopback; port 0 takes a free one. */
  async listen(port = 0): Promise<{ url: string }> {
    const server = createServer(this.requestListener)
    server.on('upgrade', (request, socket, head) => {
      if (!this.upgrade(request, socket, head)) socket.destroy()
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    this.#server = server
    this.#parts.core.publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { url: this.#parts.core.publicUrl }
  }

  async close(): Promise<void> {
    const { core, events, socket, poster, save } = this.#parts
    save()
    events.close()
    core.scheduled.close()
    socket.close()
    poster.close()
    const server = this.#server
    if (!server) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  /** For a node server that the double is mounted into; ask `handles` first, and call `setPublicUrl`. */
  readonly requestListener = (request: IncomingMessage, response: ServerResponse): void => {
    void route(this.#context, request, response)
  }

  /** Takes a WebSocket upgrade of Socket Mode; false if it is not the double's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    return this.#parts.socket.upgrade(request, socket, head)
  }

  handles(path: string): boolean {
    return isDoublePath(path)
  }

  /** Socket Mode connections that are open. */
  get connections(): number {
    return this.#parts.socket.connections
  }

  /** Whether a Socket Mode client is connected. */
  get connected(): boolean {
    return this.#parts.socket.connected
  }

  /** Asks Socket Mode clients to connect anew. */
  refreshSockets(): void {
    this.#parts.socket.refresh()
  }

  /** Breaks the connections of Socket Mode, as a network does. */
  dropSockets(): void {
    this.#parts.socket.drop()
  }

  get url(): string {
    return this.#parts.core.publicUrl
  }

  /** What NOX takes as `slackApiUrl`. */
  get apiUrl(): string {
    return `${this.#parts.core.publicUrl}/api/`
  }

  /** Where a person allows the app: Bolt's `authorizationUrl`. */
  get authorizationUrl(): string {
    return `${this.#parts.core.publicUrl}/oauth/v2/authorize`
  }

  setNoxUrl(url: string): void {
    this.#parts.core.noxUrl = url.replace(/\/$/, '')
  }

  setPublicUrl(url: string): void {
    this.#parts.core.publicUrl = url.replace(/\/$/, '')
  }
}
