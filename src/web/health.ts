import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Route } from './server.ts'

export interface HealthOptions {
  /** Resolves where NOX can do its work; rejects with a reason for the log. */
  readonly ready: () => Promise<void>
  readonly metrics: { readonly registry: { readonly contentType: string }; expose(): Promise<string> }
  /** Asked of `/metrics` as a bearer token; without one only this machine may look. */
  readonly metricsToken: string | undefined
}

/** `/healthz` = the process lives; `/readyz` = it can take requests; `/metrics` for Prometheus. */
export function createHealthRoutes(options: HealthOptions): Route {
  const answer = (response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8') =>
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)

  return (path, request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    if (path === '/healthz') answer(response, 200, 'ok\n')
    else if (path === '/readyz') {
      options.ready().then(
        () => answer(response, 200, 'ready\n'),
        () => answer(response, 503, 'not ready\n'),
      )
    } else if (path === '/metrics') {
      if (!mayLook(request, options.metricsToken)) answer(response, 401, 'METRICS_TOKEN is asked for\n')
      else {
        options.metrics.expose().then(
          (text) => answer(response, 200, text, options.metrics.registry.contentType),
          () => answer(response, 503, 'not ready\n'),
        )
      }
    } else return false
    return true
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

function mayLook(request: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) {
    const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    return timingSafeEqual(digest(given), digest(token))
  }
  // Behind a proxy every request comes from this machine: a forwarded one is not local.
  const { remoteAddress } = request.socket
  const isLocal = remoteAddress === '127.0.0.1' || remoteAddress === '::1' || remoteAddress === '::ffff:127.0.0.1'
  return isLocal && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
}
