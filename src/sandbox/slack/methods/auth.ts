import { SlackError } from '../errors.ts'
import { uninstall } from '../install.ts'
import { type Methods, page } from './method.ts'

export const authMethods: Methods = {
  'auth.test': {
    scopes: [],
    tier: 'none',
    token: 'bot',
    args: {},
    run(call) {
      const { installation } = call
      const team = call.core.world.teams.get(installation.teamId ?? '')
      const org = installation.teamId === null
      const enterprise = installation.enterpriseId
      const bot = call.core.world.users.get(installation.botUserId)
      return {
        url: `${call.core.publicUrl}/`,
        team: team?.name ?? call.core.world.teamsOf(enterprise ?? '')[0]?.enterprise?.name ?? '',
        user: bot?.name ?? '',
        team_id: installation.teamId ?? enterprise,
        user_id: installation.botUserId,
        bot_id: installation.botId,
        app_id: call.core.app.id,
        ...(enterprise ? { enterprise_id: enterprise } : {}),
        is_enterprise_install: org,
      }
    },
  },
  'auth.teams.list': {
    scopes: [],
    tier: 2,
    token: 'bot',
    args: { limit: 'number', cursor: 'string', include_icon: 'boolean' },
    run(call) {
      const { teamId, enterpriseId } = call.installation
      const { world } = call.core
      const own = teamId ? [world.teams.get(teamId)] : world.teamsOf(enterpriseId ?? '')
      const { items, next_cursor } = page(
        call,
        own.flatMap((team) => team ?? []),
      )
      return { teams: items.map(({ id, name }) => ({ id, name })), response_metadata: { next_cursor } }
    },
  },
  'auth.revoke': {
    scopes: [],
    tier: 3,
    token: 'bot',
    args: { test: 'boolean' },
    run(call) {
      if (call.flag('test')) return { revoked: false }
      const { token, installation } = call
      token.revoked = 'token_revoked'
      const teamId = installation.teamId ?? call.core.world.teamsOf(installation.enterpriseId ?? '')[0]?.id ?? ''
      call.core.events.event(
        teamId,
        'tokens_revoked',
        { type: 'tokens_revoked', tokens: { oauth: [], bot: [installation.botUserId] } },
        undefined,
      )
      return { revoked: true }
    },
  },
  'apps.uninstall': {
    scopes: [],
    tier: 1,
    token: 'bot',
    args: { client_id: 'string!', client_secret: 'string!' },
    run(call) {
      const { app } = call.core
      if (call.need('client_id') !== app.clientId) throw new SlackError('invalid_client_id')
      if (call.need('client_secret') !== app.clientSecret) throw new SlackError('bad_client_secret')
      uninstall(call.core, call.installation)
      return {}
    },
  },
}
