import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'
import { headersOf, readBody } from './read-body.ts'
import type { Route } from './server.ts'

/** Where Stripe sends its webhooks. */
export const paymentHookPath = '/webhooks/stripe'
/** Where people come back to from Stripe's pages. */
export const paymentReturnPath = '/billing/return'

const longestBody = 1024 * 1024

/** Takes the provider's webhooks, and shows people the way back to Slack. @param receive gives the HTTP status */
export function createPaymentRoutes(
  receive: (body: string, signature: string | undefined) => Promise<number>,
  log: Logger,
): Route {
  return (path, request, response) => {
    if (path === paymentReturnPath && request.method === 'GET') {
      response.writeHead(200, headers).end(returnPage)
      return true
    }
    if (path !== paymentHookPath) return false
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end()
      return true
    }
    take(receive, request, response).catch((error: unknown) => {
      log.warn({ err: error }, 'a webhook of the payment provider could not be taken; it comes again')
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
    return true
  }
}

async function take(
  receive: (body: string, signature: string | undefined) => Promise<number>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, response, longestBody)
  if (body === null) return
  response.writeHead(await receive(body, headersOf(request)['stripe-signature'])).end()
}

const style = 'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}'
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

const say = (language: 'fr' | 'en') =>
  `<p lang="${language}">${plainPhrase(phrase('billing.return'), language)} <a href="slack://open">Slack</a></p>`

const returnPage = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>NOX</title><style>${style}</style></head><body><h1>NOX</h1>${say('fr')}${say('en')}</body></html>`
