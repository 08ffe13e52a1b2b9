import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

// An import of node:http as a module reads all its exports, the WebSocket among them, which loads the whole of node's
// own undici: 40 ms of every start.
const { createServer } = createRequire(import.meta.url)('node:http') as typeof import('node:http')

/** Takes a request if its path is one of its own. */
export type Route = (path: string, request: IncomingMessage, response: ServerResponse) => boolean

export interface WebServer {
  readonly server: Server
  /** Resolves with the port once it listens. @throws Error where the port is taken */
  listen(port: number, host: string): Promise<number>
  /** Takes no new connections; resolves when the open requests have ended, or `limitMs` are over. */
  close(limitMs: number): Promise<void>
}

/** How patient the server is with who sends slowly (ms). */
export interface Patience {
  /** Until a request's headers are there. */
  readonly headers: number
  /** Until the whole request is there. */
  readonly request: number
  /** How often it looks for those that are too slow. */
  readonly look: number
}

/** Slack and vendors send a request in well under a second; Slack gives up on an answer after three. */
const usual: Patience = { headers: 10_000, request: 20_000, look: 2_000 }

/** Headers of one request, bytes and lines; a vendor's are below 4 KB. */
const longestHeaders = 16 * 1024
const mostHeaders = 100

/**
 * Connections that wait to be accepted, at most; the kernel may allow fewer (`net.core.somaxconn`, 4,096 on Linux). Who
 * finds no room tries again after a second, then two: with node's own 511 a burst of one workspace kept others out for
 * as long as it lasted (measured: 1,000 senders, each with a new connection; 2.7 s).
 */
const mostWaiting = 4_096

/** One node server for everything: each route is asked in turn, and who takes nothing answers 404. */
export function createWebServer(routes: readonly Route[], patience: Patience = usual): WebServer {
  const limits = {
    headersTimeout: patience.headers,
    requestTimeout: patience.request,
    connectionsCheckingInterval: patience.look,
    maxHeaderSize: longestHeaders,
  }
  const server = createServer(limits, (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    // What a browser could show: Slack's and the vendors' POSTs are answered with a status alone.
    if (request.method !== 'POST') protect(request, response)
    if (routes.some((route) => route(path, request, response))) return
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
  })
  // Slack and proxies keep connections; longer than theirs, so that they close first.
  server.keepAliveTimeout = 75_000
  server.maxHeadersCount = mostHeaders
  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen({ port, host, backlog: mostWaiting }, () => {
          server.off('error', reject)
          resolve((server.address() as AddressInfo).port)
        })
      }),
    async close(limitMs) {
      if (!server.listening) return
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const limit = setTimeout(() => server.closeAllConnections(), limitMs)
      await closed
      clearTimeout(limit)
    },
  }
}

/** The strictest that a page may have; one that shows more says so itself. */
const protection = [
  ['content-security-policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
] as const

function protect(request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of protection) response.setHeader(name, value)
  // Only a proxy ends TLS before NOX; it tells how the browser came.
  if (request.headers['x-forwarded-proto'] === 'https') {
    response.setHeader('strict-transport-security', 'max-age=31536000')
  }
}
