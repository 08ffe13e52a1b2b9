import { SlackError } from '../errors.ts'
import { type Methods, page } from './method.ts'

export const teamMethods: Methods = {
  'team.info': {
    scopes: ['team:read'],
    tier: 3,
    token: 'bot',
    args: { team: 'string', domain: 'string' },
    run(call) {
      const asked = call.text('team')
      const team = asked ? call.core.world.teams.get(asked) : call.team
      if (!team || !call.mayEnter(team.id)) throw new SlackError('team_not_found')
      return {
        team: {
          id: team.id,
          name: team.name,
          domain: team.domain,
          email_domain: '',
          url: `${call.core.publicUrl}/`,
          icon: { image_default: true },
          ...(team.enterprise ? { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name } : {}),
        },
      }
    },
  },
  'team.externalTeams.list': {
    scopes: ['conversations.connect:manage', 'team:read'],
    tier: 2,
    token: 'bot',
    args: {
      connection_status_filter: 'string',
      slack_connect_pref_filter: 'string',
      sort_direction: 'string',
      sort_field: 'string',
      workspace_filter: 'json',
      limit: 'number',
      cursor: 'string',
    },
    run(call) {
      const own = call.core.world.channelsOf(call.team.id).filter((channel) => channel.shared)
      const foreign = own.flatMap((channel) =>
        channel.members.flatMap((id) => {
          const team = call.core.world.teams.get(call.core.world.users.get(id)?.teamId ?? '')
          return team && team.id !== call.team.id ? [team] : []
        }),
      )
      const { items, next_cursor } = page(call, [...new Set(foreign)])
      return {
        organizations: items.map((team) => ({
          team_id: team.id,
          team_name: team.name,
          team_domain: team.domain,
          connection_status: 'CONNECTED',
          public_channel_count: own.length,
        })),
        total_count: new Set(foreign).size,
        response_metadata: { next_cursor },
      }
    },
  },
  'emoji.list': {
    scopes: ['emoji:read'],
    tier: 2,
    token: 'bot',
    args: { include_categories: 'boolean' },
    run: (call) => ({ emoji: {}, cache_ts: '0', ...(call.flag('include_categories') ? { categories: [] } : {}) }),
  },
  'bots.info': {
    scopes: ['users:read'],
    tier: 3,
    token: 'bot',
    args: { bot: 'string', team_id: 'string' },
    run(call) {
      const { installation, core } = call
      const bot = call.text('bot')
      if (!bot) return {}
      if (bot !== installation.botId) throw new SlackError('bot_not_found')
      return {
        bot: {
          id: installation.botId,
          deleted: false,
          name: core.app.name,
          updated: 0,
          app_id: core.app.id,
          user_id: installation.botUserId,
          icons: {},
        },
      }
    },
  },
}
