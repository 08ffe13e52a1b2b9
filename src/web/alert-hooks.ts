import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { AlertDoor } from '../request/alerts/receive-alerts.ts'
import { createRateLimit } from '../request/rate-limit.ts'
import { addressOf, headersOf, readBody } from './read-body.ts'
import type { Route } from './server.ts'

/** Where a source sends its alerts: `/hooks/01J…/grafana/<secret>`. */
export const alertHookPath = (tenantId: string, source: string, secret: string): string =>
  `/hooks/${tenantId}/${source}/${secret}`

const pattern = /^\/hooks\/([0-9A-Z]{26})\/([a-z]{1,20})\/([\w-]{20,100})$/
/** Bytes. */
const longestBody = 1024 * 1024
/** Deliveries of one tenant from one address: as fast as a storm, no faster (a second; at once). */
const pace = [300, 1_500] as const
/** Addresses that do not exist, from one sender. */
const guessPace = [0.5, 30] as const

/** Takes alerts: who may not send is told before anything is read. The door is loaded with the first delivery. */
export function createAlertRoutes(door: () => Promise<AlertDoor>, log: Logger, now: () => number = Date.now): Route {
  const mayDeliver = createRateLimit(...pace, now)
  const mayGuess = createRateLimit(...guessPace, now)

  async function take(
    tenantId: string,
    source: string,
    secret: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const address = addressOf(request)
    const busy = () => response.writeHead(429, { 'retry-after': '10', connection: 'close' }).end()
    if (!mayDeliver(`${tenantId} ${address}`)) return void busy()
    if (!(await (await door()).opens(tenantId, source, secret))) {
      if (!mayGuess(address)) return void busy()
      log.warn({ tenant: tenantId, source }, 'alerts to an address that does not exist were refused')
      return void response.writeHead(404, { connection: 'close' }).end()
    }
    const body = await readBody(request, response, longestBody)
    if (body === null) return
    const status = await (await door()).take(tenantId, source, secret, { headers: headersOf(request), body })
    response.writeHead(status, status === 503 ? { 'retry-after': '10' } : {}).end()
  }

  return (path, request, response) => {
    const [, tenantId, source, secret] = pattern.exec(path) ?? []
    if (tenantId === undefined || source === undefined || secret === undefined) return false
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end()
      return true
    }
    take(tenantId, source, secret, request, response).catch((error: unknown) => {
      // The address holds a secret: only whose it is goes to the log.
      log.error({ err: error, tenant: tenantId, source }, 'alerts could not be taken')
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
    return true
  }
}
