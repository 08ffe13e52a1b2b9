import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { decodeJwt } from 'jose'
import type { Language } from '../../../domain/command-spec.ts'
import { addressIn } from '../../../domain/workspace-address.ts'
import type { MailInvitations } from '../../../request/governance/index.ts'
import type { OauthStates } from '../../../storage/types/installations.ts'
import { hashSecret } from '../../../vault/hash-secret.ts'
import { homeUrl } from '../blocks/render-buttons.ts'
import type { SlackChannel } from '../channel.ts'
import { isColleague } from '../is-colleague.ts'
import { pagePolicy } from '../views/install-pages.ts'
import { type InvitationProblem, invitationPage, invitationProblemPage, joinedPage } from '../views/invitation-pages.ts'
import { invitationPath, signedInPath } from './paths.ts'

export interface InvitationPageOptions {
  readonly clientId: string
  readonly clientSecret: string
  /** Where people sign in: `https://slack.com/openid/connect/authorize`. */
  readonly signInUrl: string
  readonly publicUrl: string
  readonly states: OauthStates
  readonly invitations: MailInvitations
  readonly channel: SlackChannel
}

/** Signing in takes no longer (ms). */
const patience = 10 * 60_000
const cookieName = 'nox_invitation'

interface SignIn {
  readonly kind: 'invitation'
  readonly tenantId: string
  readonly tokenHash: string
  readonly nonce: string
  /** Hash of the cookie of the browser that began. */
  readonly browser: string
}

/** The page of an invitation, the way to Slack's sign-in, and back. Looking uses nothing up: mail scanners look, too. */
export function createInvitationPages(options: InvitationPageOptions) {
  const { publicUrl, states, invitations, channel, clientId } = options
  const redirect_uri = `${publicUrl}${signedInPath}`

  async function show(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [tenantId = '', token = '', act, ...rest] = path.slice(invitationPath.length).split('/')
    const language = languageOf(request)
    const tokenHash = hashSecret(token)
    const found = rest.length > 0 ? null : await invitations.look(tenantId, tokenHash).catch(() => null)
    if (!found || (act !== undefined && act !== 'sign-in')) return problem(response, language, 'gone')
    const { invitation, tenant, person } = found
    if (act === undefined) {
      const signInUrl = `${publicUrl}${invitationPath}${tenantId}/${token}/sign-in`
      return send(
        response,
        200,
        invitationPage(language, { person, tenant: tenant.name, email: invitation.email, signInUrl }),
      )
    }
    const [state, nonce, cookie] = [random(), random(), random()]
    const signIn: SignIn = { kind: 'invitation', tenantId, tokenHash, nonce, browser: hashSecret(cookie) }
    await states.put(state, JSON.stringify(signIn), channel.now() + patience)
    const all = await channel.installations.listOf(tenantId)
    const [installation] = all
    const query = new URLSearchParams({
      response_type: 'code',
      scope: 'openid email profile',
      client_id: clientId,
      redirect_uri,
      state,
      nonce,
      ...(installation && all.length === 1 && !installation.isOrgWide ? { team: installation.workspaceId } : {}),
    })
    const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
    response.setHeader(
      'set-cookie',
      `${cookieName}=${cookie}; Path=${signedInPath}; Max-Age=600; HttpOnly; SameSite=Lax${secure}`,
    )
    response.writeHead(302, { location: `${options.signInUrl}?${query}` }).end()
  }

  async function back(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const language = languageOf(request)
    const query = new URL(request.url ?? '/', publicUrl).searchParams
    const begun = readSignIn(await states.take(query.get('state') ?? '', channel.now()))
    response.setHeader('set-cookie', `${cookieName}=; Path=${signedInPath}; Max-Age=0`)
    if (!begun || !isSame(hashSecret(cookieOf(request)), begun.browser)) return problem(response, language, 'failed')
    const code = query.get('code')
    if (code === null) return problem(response, language, 'cancelled')
    const who = await identify(code, begun.nonce)
    if (!who) return problem(response, language, 'failed')
    const { tenantId, tokenHash } = begun
    const all = await channel.installations.listOf(tenantId)
    const installation =
      all.find(({ workspaceId }) => workspaceId === who.teamId) ?? all.find((each) => each.isOrgWide) ?? all[0]
    if (!installation) return problem(response, language, 'gone')
    const userId = addressIn(installation, who.userId)
    const isHere = installation.isOrgWide || who.teamId === installation.workspaceId
    const belongs = isHere && (await isColleague(channel, tenantId, userId))
    const came = await invitations.accept(tenantId, tokenHash, { ...who, userId, belongs })
    if (typeof came === 'string') return problem(response, language, came)
    const app = { teamId: installation.workspaceId, appId: installation.appId }
    send(response, 200, joinedPage(language, came.tenant, homeUrl(app)))
  }

  /** Who signed in, as Slack tells NOX itself: nothing of it comes from the browser. */
  async function identify(code: string, nonce: string) {
    const { clientSecret: client_secret } = options
    const exchange = { client_id: clientId, client_secret, code, redirect_uri, grant_type: 'authorization_code' }
    const token = await channel.api.call(null, 'openid.connect.token', exchange)
    const claims = decodeJwt(String(token.id_token))
    if (claims.nonce !== nonce || claims.aud !== clientId) return null
    const info: Readonly<Record<string, unknown>> = await channel.api.call(
      String(token.access_token),
      'openid.connect.userInfo',
      {},
    )
    const userId = info['https://slack.com/user_id']
    if (typeof userId !== 'string' || info.sub !== claims.sub) return null
    const email = info.email_verified === true && typeof info.email === 'string' ? info.email : null
    const name = typeof info.name === 'string' ? info.name : userId
    return { userId, teamId: info['https://slack.com/team_id'], name, email }
  }

  return {
    handle(path: string, request: IncomingMessage, response: ServerResponse): void {
      for (const [name, value] of protection) response.setHeader(name, value)
      const work = path === signedInPath ? back(request, response) : show(request, response, path)
      work.catch((error: unknown) => {
        channel.log.error({ err: error }, 'the page of an invitation failed')
        if (!response.headersSent) problem(response, languageOf(request), 'failed')
      })
    },
  }
}

const protection = [
  ['content-security-policy', pagePolicy],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cache-control', 'no-store'],
  ['x-robots-tag', 'noindex'],
] as const

const statuses: Partial<Record<InvitationProblem, number>> = { gone: 404, already: 200, failed: 400, cancelled: 400 }

const send = (response: ServerResponse, status: number, page: string) =>
  void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page)

const problem = (response: ServerResponse, language: Language, why: InvitationProblem) =>
  send(response, statuses[why] ?? 403, invitationProblemPage(language, why))

const random = () => randomBytes(24).toString('base64url')

const isSame = (one: string, other: string) =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())

/** French where the browser prefers it, else English. */
const languageOf = (request: IncomingMessage): Language =>
  /^\s*fr\b/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en'

const cookieOf = (request: IncomingMessage): string =>
  /(?:^|;\s*)nox_invitation=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''

/** A state that an install began is none of an invitation. */
function readSignIn(data: string | null): SignIn | null {
  const read = data === null ? null : (JSON.parse(data) as Partial<SignIn>)
  return read?.kind === 'invitation' ? (read as SignIn) : null
}
