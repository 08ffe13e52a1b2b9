import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { showChannels } from '../install.ts'
import type { Installation } from '../model.ts'
import type { Call, Methods } from './method.ts'

/** @throws SlackError `invalid_client_id`, `bad_client_secret` */
export function checkClient(call: Call): void {
  const { app } = call.core
  if (call.text('client_id') !== app.clientId) throw new SlackError('invalid_client_id')
  if (call.text('client_secret') !== app.clientSecret) throw new SlackError('bad_client_secret')
}

/** What an app learns of an installation, with its tokens. */
function granted({ app, world }: Core, installation: Installation): Record<string, unknown> {
  const { teamId, enterpriseId } = installation
  const team = world.teams.get(teamId ?? '') ?? world.teamsOf(enterpriseId ?? '')[0]
  return {
    app_id: app.id,
    scope: installation.scopes.join(','),
    token_type: 'bot',
    access_token: installation.token,
    bot_user_id: installation.botUserId,
    team: teamId === null ? null : { id: teamId, name: team?.name },
    enterprise: team?.enterprise ?? null,
    is_enterprise_install: teamId === null,
    ...(installation.refreshToken ? { refresh_token: installation.refreshToken, expires_in: app.tokenLifetime } : {}),
  }
}

/** What a client sends to exchange a code or a refresh token. */
export const exchangeArguments = {
  client_id: 'string',
  client_secret: 'string',
  code: 'string',
  redirect_uri: 'string',
  grant_type: 'string',
  refresh_token: 'string',
} as const

export const oauthMethods: Methods = {
  'oauth.v2.access': {
    scopes: [],
    tier: 4,
    token: 'none',
    args: exchangeArguments,
    run(call) {
      const { app, world, installations, grants } = call.core
      checkClient(call)
      const grantType = call.text('grant_type') ?? 'authorization_code'
      if (grantType === 'refresh_token') {
        if (app.tokenLifetime === null) throw new SlackError('token_rotation_not_enabled')
        return granted(call.core, installations.refresh(call.text('refresh_token') ?? ''))
      }
      if (grantType !== 'authorization_code') throw new SlackError('invalid_grant_type')
      const grant = grants.take(call.text('code') ?? '')
      if (typeof grant === 'string') throw new SlackError(grant)
      if (grant.scopes.includes('openid')) throw new SlackError('invalid_code')
      const redirect = call.text('redirect_uri')
      if (redirect ? redirect !== grant.redirectUri : grant.redirectNamed) throw new SlackError('bad_redirect_uri')
      const installation = installations.add(grant.teamId, grant.orgWide, grant.userId, grant.scopes)
      const team = world.teams.get(grant.teamId)
      for (const each of grant.orgWide && team?.enterprise ? world.teamsOf(team.enterprise.id) : team ? [team] : []) {
        showChannels(call.core, each.id)
        call.core.hub.emit({ type: 'installed', team: each.id, installed: true })
      }
      return { ...granted(call.core, installation), authed_user: { id: grant.userId } }
    },
  },
  'oauth.v2.exchange': {
    scopes: [],
    tier: 4,
    token: 'none',
    args: { client_id: 'string', client_secret: 'string', token: 'string!' },
    run(call) {
      checkClient(call)
      if (call.core.app.tokenLifetime === null) throw new SlackError('token_rotation_not_enabled')
      return granted(call.core, call.core.installations.exchange(call.need('token')))
    },
  },
}
