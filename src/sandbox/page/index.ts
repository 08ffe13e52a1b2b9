import type { IncomingMessage, ServerResponse } from 'node:http'
import { createAssets } from './assets.ts'
import { createDocument } from './document.ts'

/** The sandbox's page and its files. */
export interface Page {
  handles(path: string): boolean
  requestListener(request: IncomingMessage, response: ServerResponse): void
}

/** A page without a build: modules go to the browser as they are, their types stripped. */
export function createPage(): Page {
  const assets = createAssets()
  const document = createDocument(assets.modules)
  return {
    handles: (path) => path === '/' || path.startsWith('/assets/'),
    requestListener(request, response) {
      const path = (request.url ?? '/').split('?')[0] ?? '/'
      if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end()
      if (path === '/') {
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': document.policy,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'same-origin',
          'cache-control': 'no-cache',
        })
        return void response.end(document.html)
      }
      const found = assets.find(path.slice('/assets/'.length))
      if (!found) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
      if (request.headers['if-none-match'] === found.etag) return void response.writeHead(304).end()
      response.writeHead(200, {
        'content-type': found.type,
        'content-length': found.body.length,
        etag: found.etag,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      })
      response.end(request.method === 'HEAD' ? undefined : found.body)
    },
  }
}
