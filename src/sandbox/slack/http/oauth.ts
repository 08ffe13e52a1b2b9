import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'

/** What an app asks for when it sends a person to the consent page. */
export interface Authorization {
  readonly scopes: readonly string[]
  readonly state: string
  readonly redirectUri: string
  readonly redirectNamed: boolean
  /** The workspace that the app suggests. */
  readonly team: string
  /** Sign in with Slack: for the id token. */
  readonly nonce?: string
}

const identity = ['openid', 'email', 'profile']

/**
 * Reads the query of `/oauth/v2/authorize`.
 * @throws SlackError `invalid_client_id`, `no_scopes`, `bad_redirect_uri`
 */
export function readAuthorization(core: Core, redirectPath: string, query: URLSearchParams): Authorization {
  if (query.get('client_id') !== core.app.clientId) throw new SlackError('invalid_client_id')
  const scopes = (query.get('scope') ?? '').split(/[\s,]+/).filter(Boolean)
  if (scopes.length === 0) throw new SlackError('no_scopes')
  // Who a person is and what an app may do are never asked for in one.
  if (scopes.includes('openid') && scopes.some((scope) => !identity.includes(scope)))
    throw new SlackError('invalid_scope')
  const named = query.get('redirect_uri')
  const redirectUri = named ?? `${core.noxUrl}${redirectPath}`
  if (!sameServer(redirectUri, core.noxUrl)) throw new SlackError('bad_redirect_uri')
  return {
    scopes,
    state: query.get('state') ?? '',
    redirectUri,
    redirectNamed: named !== null,
    team: query.get('team') ?? '',
    ...(query.get('nonce') ? { nonce: query.get('nonce') ?? '' } : {}),
  }
}

/** Same port of the same machine: NOX may call itself `localhost` or by its number. */
function sameServer(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false
  const key = (url: URL) => `${url.protocol}//${url.host.replace(/^(127\.0\.0\.1|\[::1\])/, 'localhost')}`
  return key(new URL(one)) === key(new URL(other))
}

/** Where the browser goes once the person allowed. @throws SlackError `team_not_found`, `user_not_found`, `not_allowed` */
export function allow(
  core: Core,
  asked: Authorization,
  choice: { readonly teamId: string; readonly userId: string; readonly orgWide: boolean },
): string {
  const team = core.world.teams.get(choice.teamId)
  if (!team) throw new SlackError('team_not_found')
  const user = core.world.users.get(choice.userId)
  if (!user || user.teamId !== team.id || user.isBot) throw new SlackError('user_not_found')
  // Everybody may sign in; guests may not install.
  const signsIn = asked.scopes.includes('openid')
  if ((user.isGuest && !signsIn) || (choice.orgWide && !(team.enterprise && user.isAdmin)))
    throw new SlackError('not_allowed')
  const code = core.grants.issue({
    teamId: team.id,
    userId: user.id,
    orgWide: choice.orgWide,
    scopes: asked.scopes,
    redirectUri: asked.redirectUri,
    redirectNamed: asked.redirectNamed,
    ...(asked.nonce ? { nonce: asked.nonce } : {}),
  })
  return withQuery(asked.redirectUri, { code, state: asked.state })
}

/** Where the browser goes when the person cancels. */
export function cancel(asked: Authorization): string {
  return withQuery(asked.redirectUri, { error: 'access_denied', state: asked.state })
}

function withQuery(address: string, values: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value)
  return url.href
}
