import type { IncomingMessage, ServerResponse } from 'node:http'
import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { webApiMethods } from '../methods/index.ts'
import { Call, type Method, readArguments } from '../methods/method.ts'
import type { TokenRecord } from '../model.ts'
import { causeOf } from '../traces.ts'
import { readBody } from './body.ts'
import { type Answer, limited, meetFault } from './faulty.ts'
import { json } from './respond.ts'

type Json = Record<string, unknown>

/** Largest body that a method takes, bytes. */
const largestBody = 4 * 1024 * 1024

/** Answers one Web API request (`/api/<method>`), faults and limits included, and records it. */
export async function serveWebApi(
  core: Core,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now()
  const at = core.now()
  const given = await readGiven(request)
  const fault = await meetFault(core, name)
  const real = fault.isSkipped ? null : answer(core, name, request, given)
  const result = fault.answer ?? real ?? { status: 200, body: { ok: false, error: 'fatal_error' } }
  core.traces.add({
    at,
    direction: 'from-nox',
    name,
    about: about(given),
    status: fault.isCut ? 0 : result.status,
    ms: Math.round(performance.now() - started),
    request: given,
    response: fault.isCut ? null : result.body,
    ...causeOf(request.headers),
  })
  if (fault.isCut) response.destroy()
  else json(response, result.status, result.body, result.headers)
}

function about(given: Json | SlackError): string {
  if (given instanceof SlackError) return given.code
  for (const key of ['channel', 'channel_id', 'user_id', 'user', 'trigger_id', 'view_id', 'filename']) {
    if (typeof given[key] === 'string') return String(given[key])
  }
  return ''
}

async function readGiven(request: IncomingMessage): Promise<Json | SlackError> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://double').searchParams)
  const body = await readBody(request, largestBody)
  if (!body) return new SlackError('request_too_large')
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (body.length === 0) return query
  if (type === 'application/x-www-form-urlencoded') {
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }
  }
  if (type !== 'application/json') return new SlackError('invalid_post_type')
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return isRecord(parsed) ? { ...query, ...parsed } : new SlackError('json_not_object')
  } catch {
    return new SlackError('invalid_json')
  }
}

function answer(core: Core, name: string, request: IncomingMessage, given: Json | SlackError): Answer {
  const method = Object.hasOwn(webApiMethods, name) ? webApiMethods[name] : undefined
  if (!method) return { status: 200, body: { ok: false, error: 'unknown_method', req_method: name } }
  try {
    if (given instanceof SlackError) throw given
    const header = request.headers.authorization ?? ''
    const token = method.token === 'none' ? null : authorize(core, method, bearer(header) ?? given.token)
    const owner = token?.installation?.teamId ?? token?.installation?.enterpriseId ?? 'app'
    const channel = typeof given.channel === 'string' ? given.channel : ''
    const wait = core.rateLimits.check(method.tier, name, owner, channel)
    if (wait !== null) return limited(wait)
    const args = readArguments(method.args, method.token === 'none' ? { ...given, ...basic(header) } : given)
    const scopes = {
      ...(method.scopes.length > 0 ? { 'x-accepted-oauth-scopes': method.scopes.join(',') } : {}),
      ...(token ? { 'x-oauth-scopes': token.scopes.join(',') } : {}),
    }
    return { status: 200, body: { ok: true, ...method.run(new Call(core, token, args)) }, headers: scopes }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    return { status: 200, body: { ok: false, error: error.code, ...error.extra } }
  }
}

function bearer(header: string): string | undefined {
  return /^Bearer (.+)$/i.exec(header)?.[1]?.trim()
}

/** `client_id` and `client_secret` of HTTP Basic, as `oauth.v2.access` also takes them. */
function basic(header: string): Json {
  const [, encoded] = /^Basic (.+)$/i.exec(header) ?? []
  if (!encoded) return {}
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { client_id: id, client_secret: secret.join(':') }
}

function authorize(core: Core, method: Method, value: unknown): TokenRecord {
  if (typeof value !== 'string' || value === '') throw new SlackError('not_authed')
  const token = core.installations.token(value)
  if (!token) throw new SlackError('invalid_auth')
  if (token.revoked) throw new SlackError(token.revoked)
  if (token.expiresAt !== undefined && token.expiresAt <= core.now()) throw new SlackError('token_expired')
  if (token.kind !== method.token) throw new SlackError('not_allowed_token_type')
  const { scopes } = token
  if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope))) {
    throw new SlackError('missing_scope', { needed: method.scopes[0], provided: scopes.join(',') })
  }
  return token
}
