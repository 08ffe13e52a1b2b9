import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Core } from '../core.ts'
import { respondToUrl } from '../delivery/respond-to-url.ts'
import { SlackError } from '../errors.ts'
import { readBody } from './body.ts'
import { json } from './respond.ts'

/** `POST /hooks/…`: what NOX sends to a `response_url`. */
export async function serveHooks(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now()
  const at = core.now()
  const id = new URL(request.url ?? '/', 'http://double').pathname.split('/')[2] ?? ''
  const raw = (await readBody(request, 1024 * 1024))?.toString('utf8') ?? ''
  let body: unknown = raw
  let status = 200
  let answer: Record<string, unknown> = { ok: true }
  try {
    try {
      body = JSON.parse(raw)
    } catch {
      throw new SlackError('invalid_payload')
    }
    const url = core.responseUrls.use(id)
    if (typeof url === 'string') {
      status = 404
      answer = { ok: false, error: url }
    } else respondToUrl(core, url, body)
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    status = 400
    answer = { ok: false, error: error.code, ...error.extra }
  }
  core.traces.add({
    at,
    direction: 'from-nox',
    name: 'response_url',
    about: '',
    status,
    ms: Math.round(performance.now() - started),
    request: body,
    response: answer,
  })
  json(response, status, answer)
}
