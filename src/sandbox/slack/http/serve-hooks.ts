import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Core } from '../core.ts'
import { respondToUrl } from '../delivery/respond-to-url.ts'
import { SlackError } from '../errors.ts'
import { causeOf } from '../traces.ts'
import { readBody } from './body.ts'
import { type Answer, meetFault } from './faulty.ts'
import { json } from './respond.ts'

/** `POST /response/…`: what NOX sends to a `response_url`. Faults know it as `response_url`. */
export async function serveHooks(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now()
  const at = core.now()
  const id = new URL(request.url ?? '/', 'http://double').pathname.split('/')[2] ?? ''
  const body = parsed((await readBody(request, 1024 * 1024))?.toString('utf8') ?? '')
  const fault = await meetFault(core, 'response_url')
  const real = fault.isSkipped ? null : answer(core, id, body)
  const result = fault.answer ?? real ?? { status: 500, body: { ok: false, error: 'internal_error' } }
  core.traces.add({
    at,
    direction: 'from-nox',
    name: 'response_url',
    about: '',
    status: fault.isCut ? 0 : result.status,
    ms: Math.round(performance.now() - started),
    request: body,
    response: fault.isCut ? null : result.body,
    ...causeOf(request.headers),
  })
  if (fault.isCut) response.destroy()
  else json(response, result.status, result.body, result.headers)
}

/** The body as JSON, else as it came. */
function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return raw
  }
}

function answer(core: Core, id: string, body: unknown): Answer {
  try {
    if (typeof body === 'string') throw new SlackError('invalid_payload')
    const url = core.responseUrls.use(id)
    if (typeof url === 'string') return { status: 404, body: { ok: false, error: url } }
    respondToUrl(core, url, body)
    return { status: 200, body: { ok: true } }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    return { status: 400, body: { ok: false, error: error.code, ...error.extra } }
  }
}
