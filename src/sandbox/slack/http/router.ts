import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PageContext } from '../page/routes.ts'
import { servePageApi } from '../page/serve-page-api.ts'
import { json } from './respond.ts'
import { serveFiles } from './serve-files.ts'
import { serveHooks } from './serve-hooks.ts'
import { serveOAuth } from './serve-oauth.ts'
import { serveWebApi } from './web-api.ts'

export interface RouterContext extends PageContext {
  readonly redirectPath: string
  readonly up: () => boolean
}

/** First parts of the paths that the double answers. */
const prefixes = [
  '/api/',
  '/oauth/',
  '/openid/',
  '/.well-known/openid-configuration',
  '/sandbox/api/',
  '/files/',
  '/response/',
  '/socket/',
]

/** Whether a request is the double's, for a server that it is mounted into. */
export function isDoublePath(path: string): boolean {
  return prefixes.some((prefix) => path.startsWith(prefix))
}

/** What clients of OpenID Connect read first. */
const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/openid/connect/authorize`,
  token_endpoint: `${issuer}/api/openid.connect.token`,
  userinfo_endpoint: `${issuer}/api/openid.connect.userInfo`,
  jwks_uri: `${issuer}/openid/connect/keys`,
  scopes_supported: ['openid', 'profile', 'email'],
  response_types_supported: ['code'],
  id_token_signing_alg_values_supported: ['RS256'],
  subject_types_supported: ['public'],
})

/** Answers one HTTP request; a fault of the double itself is a 500. */
export async function route(context: RouterContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  try {
    if (path.startsWith('/api/')) await serveWebApi(context.core, path.slice('/api/'.length), request, response)
    else if (path === '/openid/connect/keys') json(response, 200, context.core.idTokens.keys())
    else if (path === '/.well-known/openid-configuration') json(response, 200, discovery(context.core.publicUrl))
    else if (path === '/oauth/v2/authorize' || path === '/openid/connect/authorize')
      await serveOAuth(context.core, context.redirectPath, request, response)
    else if (path.startsWith('/sandbox/api/')) await servePageApi(context, request, response)
    else if (path.startsWith('/files/')) await serveFiles(context.core, request, response)
    else if (path.startsWith('/response/')) await serveHooks(context.core, request, response)
    else json(response, 404, { ok: false, error: 'not_found' })
  } catch (error) {
    // A client that left in the middle of its body is nobody to answer.
    if (request.destroyed && !request.complete) return void response.destroy()
    if (response.headersSent) return void response.destroy()
    json(response, 500, { ok: false, error: 'fatal_error', detail: error instanceof Error ? error.message : '' })
  }
}
