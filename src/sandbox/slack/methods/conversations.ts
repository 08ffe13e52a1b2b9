import { SlackError } from '../errors.ts'
import { apiChannel, apiMessage } from '../present.ts'
import { type Call, type Methods, page } from './method.ts'

const kindOfType: Readonly<Record<string, string>> = { public_channel: 'public', private_channel: 'private', im: 'im' }

function users(call: Call): string[] {
  return (call.text('users') ?? '').split(',').filter(Boolean)
}

export const conversationsMethods: Methods = {
  'conversations.open': {
    scopes: ['im:write', 'mpim:write'],
    tier: 3,
    token: 'bot',
    args: { users: 'string', channel: 'string', return_im: 'boolean', prevent_creation: 'boolean' },
    run(call) {
      const { world } = call.core
      const names = users(call)
      const known = call.text('channel')
      if (known) {
        const channel = call.visibleChannel(known)
        return { no_op: true, already_open: true, channel: { id: channel.id } }
      }
      const user = world.users.get(names[0] ?? '')
      if (names.length === 0) throw new SlackError('users_list_not_supplied')
      if (!user || !call.mayEnter(user.teamId)) throw new SlackError('user_not_found')
      if (names.length > 1) throw new SlackError('not_enough_users')
      const bot = call.bot(user.teamId)
      if (user.id === bot) throw new SlackError('cannot_dm_bot')
      const before = world.findDirectMessage(user.id, bot)
      if (!before && call.flag('prevent_creation')) throw new SlackError('channel_not_found')
      const channel = before ?? world.directMessage(user.teamId, user.id, bot)
      return {
        ...(before ? { no_op: true, already_open: true } : {}),
        channel: call.flag('return_im') ? apiChannel(channel, bot) : { id: channel.id },
      }
    },
  },
  'conversations.info': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 3,
    token: 'bot',
    args: { channel: 'string!', include_locale: 'boolean', include_num_members: 'boolean' },
    run(call) {
      const channel = call.visibleChannel(call.need('channel'))
      return {
        channel: {
          ...apiChannel(channel, call.bot(channel.teamId)),
          ...(call.flag('include_num_members') ? { num_members: channel.members.length } : {}),
        },
      }
    },
  },
  'conversations.list': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 2,
    token: 'bot',
    args: { types: 'string', limit: 'number', cursor: 'string', exclude_archived: 'boolean', team_id: 'string' },
    run(call) {
      const types = (call.text('types') ?? 'public_channel').split(',').map((type) => type.trim())
      if (types.some((type) => type !== 'mpim' && !(type in kindOfType))) throw new SlackError('invalid_types')
      const kinds = types.map((type) => kindOfType[type])
      const bot = call.bot(call.team.id)
      const seen = call.core.world
        .channelsOf(call.team.id)
        .filter((channel) => kinds.includes(channel.kind))
        .filter((channel) => channel.kind === 'public' || channel.members.includes(bot))
      const { items, next_cursor } = page(call, seen)
      return { channels: items.map((channel) => apiChannel(channel, bot)), response_metadata: { next_cursor } }
    },
  },
  'conversations.members': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 4,
    token: 'bot',
    args: { channel: 'string!', limit: 'number', cursor: 'string' },
    run(call) {
      const channel = call.visibleChannel(call.need('channel'))
      const { items, next_cursor } = page(call, channel.members)
      return { members: items, response_metadata: { next_cursor } }
    },
  },
  'conversations.replies': {
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    tier: 1,
    token: 'bot',
    args: {
      channel: 'string!',
      ts: 'string!',
      oldest: 'string',
      latest: 'string',
      inclusive: 'boolean',
      limit: 'number',
      cursor: 'string',
      include_all_metadata: 'boolean',
    },
    run(call) {
      const { core } = call
      const channel = call.visibleChannel(call.need('channel'))
      if (!channel.members.includes(call.bot(channel.teamId))) throw new SlackError('not_in_channel')
      const asked = core.messages.get(channel.id, call.need('ts'))
      const root = asked?.threadTs ? core.messages.get(channel.id, asked.threadTs) : asked
      if (!root || root.onlyFor) throw new SlackError('thread_not_found')
      const oldest = call.text('oldest') ?? '0'
      const latest = call.text('latest') ?? '9'.repeat(12)
      const inside = core.messages.replies(channel.id, root.ts).filter(({ ts }) => {
        const edge = Number(ts) === Number(oldest) || Number(ts) === Number(latest)
        return edge ? call.flag('inclusive') : Number(ts) > Number(oldest) && Number(ts) < Number(latest)
      })
      const { items, next_cursor } = page(call, [root, ...inside], 1000)
      return {
        messages: items.map((message) => apiMessage(core, message)),
        has_more: next_cursor !== '',
        response_metadata: { next_cursor },
      }
    },
  },
}
