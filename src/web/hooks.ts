import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { createRateLimit, type Take } from '../request/rate-limit.ts'
import type { ReceiveHook } from '../request/receive-hook.ts'
import { addressOf, headersOf, readBody } from './read-body.ts'
import type { Route } from './server.ts'

/** Where vendors send their webhooks: `/webhooks/github/01J…`. */
export const hookPath = (vendor: string, tenantId: string): string => `/webhooks/${vendor}/${tenantId}`

const pattern = /^\/webhooks\/([a-z]{1,20})\/([0-9A-Z]{26})$/
/** Vendors send less; more is cut off (bytes). */
const longestBody = 2 * 1024 * 1024
/** Deliveries of one tenant from one address (a second; at once). */
const pace = [10, 200] as const

/** Takes webhooks: read whole, then checked, then told. */
export function createHookRoutes(receive: ReceiveHook, log: Logger, now: () => number = Date.now): Route {
  const mayDeliver = createRateLimit(...pace, now)
  return (path, request, response) => {
    const [, vendor, tenantId] = pattern.exec(path) ?? []
    if (vendor === undefined || tenantId === undefined) return false
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end()
      return true
    }
    take(receive, mayDeliver, vendor, tenantId, request, response).catch((error: unknown) => {
      log.warn({ err: error, vendor, tenant: tenantId }, 'a webhook could not be taken')
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
    return true
  }
}

async function take(
  receive: ReceiveHook,
  mayDeliver: Take,
  vendor: string,
  tenantId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!mayDeliver(`${tenantId} ${addressOf(request)}`)) {
    return void response.writeHead(429, { 'retry-after': '10', connection: 'close' }).end()
  }
  const body = await readBody(request, response, longestBody)
  if (body === null) return
  response.writeHead(await receive(vendor, tenantId, { headers: headersOf(request), body })).end()
}
