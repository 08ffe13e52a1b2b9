import { SlackError } from '../errors.ts'
import { apiChannel, apiUser, apiUserGroup } from '../present-api.ts'
import { anyScope } from './channel-scopes.ts'
import { readKinds } from './conversations.ts'
import { type Call, type Methods, page } from './method.ts'

/** Whether a person of another company is in a channel with the bot (Slack Connect). */
function sharesChannel(call: Call, userId: string): boolean {
  return [...call.core.world.channels.values()].some(
    (channel) =>
      channel.connected.length > 0 &&
      channel.members.includes(userId) &&
      channel.members.includes(call.bot(channel.teamId)),
  )
}

export const usersMethods: Methods = {
  'users.info': {
    scopes: ['users:read'],
    tier: 4,
    token: 'bot',
    args: { user: 'string!', include_locale: 'boolean' },
    run(call) {
      const user = call.core.world.users.get(call.need('user'))
      const isStranger = user !== undefined && !call.mayEnter(user.teamId)
      if (!user || (isStranger && !sharesChannel(call, user.id))) throw new SlackError('user_not_found')
      const shown: Record<string, unknown> = {
        ...apiUser(call.core, user),
        ...(isStranger ? { is_stranger: true } : {}),
      }
      const profile = shown.profile as Record<string, unknown>
      // The address is shown to those alone who asked for it.
      if (call.token.scopes.includes('users:read.email') && user.email && !isStranger) profile.email = user.email
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
  'users.lookupByEmail': {
    scopes: ['users:read.email'],
    tier: 3,
    token: 'bot',
    args: { email: 'string!' },
    run(call) {
      const asked = call.need('email').toLowerCase()
      const user = [...call.core.world.users.values()].find((each) => each.email.toLowerCase() === asked)
      if (!user || !asked || !call.mayEnter(user.teamId)) throw new SlackError('users_not_found')
      const shown = apiUser(call.core, user)
      return { user: { ...shown, profile: { ...(shown.profile as object), email: user.email } } }
    },
  },
  'users.profile.get': {
    scopes: ['users.profile:read'],
    tier: 4,
    token: 'bot',
    args: { user: 'string', include_labels: 'boolean' },
    run(call) {
      const user = call.core.world.users.get(call.text('user') ?? call.installation.botUserId)
      if (!user || !call.mayEnter(user.teamId)) throw new SlackError('user_not_found')
      return { profile: apiUser(call.core, user).profile }
    },
  },
  'users.conversations': {
    scopes: anyScope('read'),
    tier: 3,
    token: 'bot',
    args: {
      user: 'string',
      types: 'string',
      exclude_archived: 'boolean',
      limit: 'number',
      cursor: 'string',
      team_id: 'string',
    },
    run(call) {
      const kinds = readKinds(call)
      const bot = call.bot(call.team.id)
      const asked = call.text('user') ?? bot
      const user = call.core.world.users.get(asked)
      if (!user || !call.mayEnter(user.teamId)) throw new SlackError('user_not_found')
      // Of another's private conversations, those alone that the bot shares.
      const shared = call.core.world
        .channelsOf(call.team.id)
        .filter((channel) => kinds.includes(channel.kind) && channel.members.includes(asked))
        .filter((channel) => channel.kind === 'public' || channel.members.includes(bot))
        .filter((channel) => !(call.flag('exclude_archived') && channel.archived))
      const { items, next_cursor } = page(call, shared)
      return { channels: items.map((channel) => apiChannel(channel, bot)), response_metadata: { next_cursor } }
    },
  },
  'usergroups.users.list': {
    scopes: ['usergroups:read'],
    tier: 2,
    token: 'bot',
    args: { usergroup: 'string!', include_disabled: 'boolean', team_id: 'string' },
    run(call) {
      const group = call.core.world.userGroups.find(({ id }) => id === call.need('usergroup'))
      const isHidden = group?.disabledAt !== undefined && !call.flag('include_disabled')
      if (group?.teamId !== call.team.id || isHidden) throw new SlackError('no_such_subteam')
      return { users: group.users }
    },
  },
  'usergroups.list': {
    scopes: ['usergroups:read'],
    tier: 2,
    token: 'bot',
    args: { include_users: 'boolean', include_count: 'boolean', include_disabled: 'boolean', team_id: 'string' },
    run(call) {
      const shown = call.core.world.userGroups.filter(
        (group) => group.teamId === call.team.id && (group.disabledAt === undefined || call.flag('include_disabled')),
      )
      return {
        usergroups: shown.map((group) => apiUserGroup(group, call.flag('include_users'), call.flag('include_count'))),
      }
    },
  },
}
