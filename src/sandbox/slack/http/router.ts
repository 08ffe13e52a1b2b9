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
const prefixes = ['/api/', '/oauth/', '/sandbox/api/', '/files/', '/hooks/', '/socket/']

/** Whether a request is the double's, for a server that it is mounted into. */
export function isDoublePath(path: string): boolean {
  return prefixes.some((prefix) => path.startsWith(prefix))
}

/** Answers one HTTP request; a fault of the double itself is a 500. */
export async function route(context: RouterContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  try {
    if (path.startsWith('/api/')) await serveWebApi(context.core, path.slice('/api/'.length), request, response)
    else if (path === '/oauth/v2/authorize') await serveOAuth(context.core, context.redirectPath, request, response)
    else if (path.startsWith('/sandbox/api/')) await servePageApi(context, request, response)
    else if (path.startsWith('/files/')) await serveFiles(context.core, request, response)
    else if (path.startsWith('/hooks/')) await serveHooks(context.core, request, response)
    else json(response, 404, { ok: false, error: 'not_found' })
  } catch (error) {
    // A client that left in the middle of its body is nobody to answer.
    if (request.destroyed && !request.complete) return void response.destroy()
    if (response.headersSent) return void response.destroy()
    json(response, 500, { ok: false, error: 'fatal_error', detail: error instanceof Error ? error.message : '' })
  }
}
