import type { IncomingMessage, ServerResponse } from 'node:http'
import { isRecord } from '../blocks/check.ts'
import { pictureType, slackFilesIn } from '../blocks/pictures.ts'
import { actor, memberChannel } from '../delivery/payloads.ts'
import { SlackError } from '../errors.ts'
import { readBody } from '../http/body.ts'
import { json } from '../http/respond.ts'
import { type PageCall, type PageContext, pageRoutes } from './routes.ts'
import { stream } from './stream.ts'

const largestBody = 1024 * 1024

/** Answers the sandbox's page: everything under `/sandbox/api`. */
export async function servePageApi(
  context: PageContext & { readonly up: () => boolean },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://double')
  const path = url.pathname.slice('/sandbox/api'.length)
  try {
    refuseOtherSites(request)
    const { core } = context
    const who = actor(core, url.searchParams.get('team') ?? '', url.searchParams.get('user') ?? '')
    if (request.method === 'GET' && path === '/stream') return stream(core, who, context.up(), response)
    const fileId = /^\/files\/(F\w+)$/.exec(path)?.[1]
    if (request.method === 'GET' && fileId) return sendFile(context, who, fileId, response)
    const route = pageRoutes[`${request.method} ${path}`]
    if (!route) return json(response, 404, { error: 'not_found' })
    const call: PageCall = { who, query: url.searchParams, body: await readJson(request) }
    json(response, 200, await route(context, call), { 'cache-control': 'no-store' })
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    json(response, error.code === 'not_allowed' ? 403 : 400, { error: error.code, ...error.extra })
  }
}

/** Another site's page must not act here: it can send neither JSON nor this header's honest value. */
function refuseOtherSites(request: IncomingMessage): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') throw new SlackError('not_allowed')
  const type = request.headers['content-type'] ?? ''
  if (request.method === 'POST' && !type.startsWith('application/json')) throw new SlackError('not_allowed')
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (request.method !== 'POST') return {}
  const raw = await readBody(request, largestBody)
  if (!raw) throw new SlackError('request_too_large')
  try {
    const body: unknown = raw.length > 0 ? JSON.parse(raw.toString('utf8')) : {}
    if (isRecord(body)) return body
  } catch {
    throw new SlackError('invalid_json')
  }
  throw new SlackError('json_not_object')
}

const shows = (blocks: unknown, id: string) => slackFilesIn(blocks).some((file) => file.id === id)

function sendFile({ core }: PageContext, who: PageCall['who'], id: string, response: ServerResponse): void {
  const file = core.files.get(id)
  const seen = core.world.channelsOf(who.team.id).some((channel) => {
    if (!channel.members.includes(who.user.id)) return false
    const messages = core.messages.all(memberChannel(core, who, channel.id).id)
    return messages.some((message) => message.fileIds.includes(id) || shows(message.blocks, id))
  })
  const views = [core.views.home(who.user.id), ...core.views.stack(who.user.id)]
  const isShown = seen || views.some((view) => shows(view?.json.blocks, id))
  if (!file?.content || !isShown) {
    json(response, 404, { error: 'file_not_found' })
    return
  }
  const picture = pictureType(file.content)
  response.writeHead(200, {
    'content-type': picture ?? 'text/plain; charset=utf-8',
    'content-length': file.content.length,
    'content-disposition': `${picture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  })
  response.end(file.content)
}
