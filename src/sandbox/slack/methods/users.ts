import { SlackError } from '../errors.ts'
import { apiUser } from '../present.ts'
import { type Methods, page } from './method.ts'

export const usersMethods: Methods = {
  'users.info': {
    scopes: ['users:read'],
    tier: 4,
    token: 'bot',
    args: { user: 'string!', include_locale: 'boolean' },
    run(call) {
      const user = call.core.world.users.get(call.need('user'))
      if (!user || !call.mayEnter(user.teamId)) throw new SlackError('user_not_found')
      const shown = apiUser(call.core, user)
      const profile = shown.profile as Record<string, unknown>
      // The address is shown to those alone who asked for it.
      if (call.token.scopes.includes('users:read.email') && user.email) profile.email = user.email
      return { user: { ...shown, ...(call.flag('include_locale') ? { locale: user.locale } : {}) } }
    },
  },
  'users.list': {
    scopes: ['users:read'],
    tier: 2,
    token: 'bot',
    args: { limit: 'number', cursor: 'string', include_locale: 'boolean', team_id: 'string' },
    run(call) {
      const { items, next_cursor } = page(call, call.core.world.usersOf(call.team.id), 1000)
      return {
        members: items.map((user) => ({
          ...apiUser(call.core, user),
          ...(call.flag('include_locale') ? { locale: user.locale } : {}),
        })),
        cache_ts: Math.floor(call.core.now() / 1000),
        response_metadata: { next_cursor },
      }
    },
  },
  'usergroups.list': {
    scopes: ['usergroups:read'],
    tier: 2,
    token: 'bot',
    args: { include_users: 'boolean', include_count: 'boolean', include_disabled: 'boolean', team_id: 'string' },
    run(call) {
      const groups = call.core.world.userGroups.filter((group) => group.teamId === call.team.id)
      return {
        usergroups: groups.map((group) => ({
          id: group.id,
          team_id: group.teamId,
          is_usergroup: true,
          handle: group.handle,
          name: group.name,
          description: '',
          date_delete: 0,
          ...(call.flag('include_users') ? { users: group.users } : {}),
          ...(call.flag('include_count') ? { user_count: group.users.length } : {}),
        })),
      }
    },
  },
}
