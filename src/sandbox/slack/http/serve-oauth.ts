import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { readBody } from './body.ts'
import { consentPage, failurePage } from './consent-page.ts'
import { allow, cancel, readAuthorization } from './oauth.ts'
import { html } from './respond.ts'

/** `/oauth/v2/authorize`: the consent page, and what its form sends. */
export async function serveOAuth(
  core: Core,
  redirectPath: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const language = request.headers['accept-language']
  const query = new URL(request.url ?? '/', 'http://double').searchParams
  try {
    const read = readAuthorization(core, redirectPath, query)
    const asked = { ...read, team: read.team || core.suggestedTeam }
    if (request.method !== 'POST') return html(response, 200, consentPage(core, asked, query, language))
    const form = new URLSearchParams((await readBody(request, 16 * 1024))?.toString('utf8') ?? '')
    const [teamId = '', userId = '', org] = (form.get('as') ?? '').split(' ')
    const to =
      form.get('answer') === 'allow' ? allow(core, asked, { teamId, userId, orgWide: org === 'org' }) : cancel(asked)
    response.writeHead(302, { location: to }).end()
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    html(response, 400, failurePage(error.code, language))
  }
}
