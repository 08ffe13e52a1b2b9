import { SlackError } from '../errors.ts'
import type { Methods } from './method.ts'

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
