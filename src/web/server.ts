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

/** One node server for everything: each route is asked in turn, and who takes nothing answers 404. */
export function createWebServer(routes: readonly Route[]): WebServer {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (routes.some((route) => route(path, request, response))) return
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
  })
  // Slack and proxies keep connections; longer than theirs, so that they close first.
  server.keepAliveTimeout = 75_000
  server.headersTimeout = 80_000
  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
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
