import { SlackError } from '../errors.ts'
import { showChannels } from '../install.ts'
import type { Methods } from './method.ts'

export const oauthMethods: Methods = {
  'oauth.v2.access': {
    scopes: [],
    tier: 4,
    token: 'none',
    args: {
      client_id: 'string',
      client_secret: 'string',
      code: 'string',
      redirect_uri: 'string',
      grant_type: 'string',
      refresh_token: 'string',
    },
    run(call) {
      const { app, world, installations, grants } = call.core
      if (call.text('client_id') !== app.clientId) throw new SlackError('invalid_client_id')
      if (call.text('client_secret') !== app.clientSecret) throw new SlackError('bad_client_secret')
      const grantType = call.text('grant_type') ?? 'authorization_code'
      if (grantType !== 'authorization_code') throw new SlackError('invalid_grant_type')
      const grant = grants.take(call.text('code') ?? '')
      if (typeof grant === 'string') throw new SlackError(grant)
      const redirect = call.text('redirect_uri')
      if (redirect ? redirect !== grant.redirectUri : grant.redirectNamed) throw new SlackError('bad_redirect_uri')
      const installation = installations.add(grant.teamId, grant.orgWide, grant.userId, grant.scopes)
      const team = world.teams.get(grant.teamId)
      for (const each of grant.orgWide && team?.enterprise ? world.teamsOf(team.enterprise.id) : team ? [team] : []) {
        showChannels(call.core, each.id)
      }
      return {
        app_id: app.id,
        authed_user: { id: grant.userId },
        scope: installation.scopes.join(','),
        token_type: 'bot',
        access_token: installation.token,
        bot_user_id: installation.botUserId,
        team: grant.orgWide ? null : { id: grant.teamId, name: team?.name },
        enterprise: team?.enterprise ?? null,
        is_enterprise_install: grant.orgWide,
      }
    },
  },
}
