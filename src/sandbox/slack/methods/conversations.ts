import { SlackError } from '../errors.ts'
import { showChannels } from '../install.ts'
import type { Channel } from '../model.ts'
import { apiChannel } from '../present-api.ts'
import { anyScope, scopedChannel, scopeOf } from './channel-scopes.ts'
import { type Call, type Methods, page } from './method.ts'

export const kindOfType: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
}

/** The kinds of conversation that `types` names, each with its own scope. @throws SlackError `invalid_types` */
export function readKinds(call: Call): Channel['kind'][] {
  const types = (call.text('types') ?? 'public_channel').split(',').map((type) => type.trim())
  return types.flatMap((type) => {
    const kind = Object.hasOwn(kindOfType, type) ? kindOfType[type] : undefined
    if (!kind) throw new SlackError('invalid_types')
    call.requireScope(scopeOf(kind, 'read'))
    return [kind]
  })
}

/** Slack's most for direct messages of several, without who opens them. */
const mostInGroup = 8

function users(call: Call): string[] {
  return [...new Set((call.text('users') ?? '').split(',').filter(Boolean))]
}

/** The direct messages of the bot and these people; `isNew` = they are only just made. */
function openWith(call: Call, names: readonly string[]): { readonly channel: Channel; readonly isNew: boolean } {
  const { world } = call.core
  const isGroup = names.length > 1
  call.requireScope(isGroup ? 'mpim:write' : 'im:write')
  if (names.length > mostInGroup) throw new SlackError('too_many_users')
  const people = names.map((name) => {
    const user = world.users.get(name)
    if (!user || !call.mayEnter(user.teamId)) throw new SlackError('user_not_found')
    if (world.deactivated.has(user.id)) throw new SlackError('user_disabled')
    return user
  })
  const [first] = people
  if (!first) throw new SlackError('users_list_not_supplied')
  const bot = call.bot(first.teamId)
  if (names.includes(bot)) throw new SlackError('cannot_dm_bot')
  const members = [...names, bot]
  const before = isGroup ? world.findGroupMessage(members) : world.findDirectMessage(first.id, bot)
  if (!before && call.flag('prevent_creation')) throw new SlackError('channel_not_found')
  if (before) return { channel: before, isNew: false }
  if (!isGroup) return { channel: world.directMessage(first.teamId, first.id, bot), isNew: true }
  const channel = world.groupMessage(first.teamId, members)
  showChannels(call.core, first.teamId)
  return { channel, isNew: true }
}

export const conversationsMethods: Methods = {
  'conversations.open': {
    scopes: ['im:write', 'mpim:write'],
    tier: 3,
    token: 'bot',
    args: { users: 'string', channel: 'string', return_im: 'boolean', prevent_creation: 'boolean' },
    run(call) {
      const known = call.text('channel')
      if (known) {
        const channel = call.visibleChannel(known)
        return { no_op: true, already_open: true, channel: { id: channel.id } }
      }
      const { channel, isNew } = openWith(call, users(call))
      return {
        ...(isNew ? {} : { no_op: true, already_open: true }),
        channel: call.flag('return_im') ? apiChannel(channel, call.bot(channel.teamId)) : { id: channel.id },
      }
    },
  },
  'conversations.info': {
    scopes: anyScope('read'),
    tier: 3,
    token: 'bot',
    args: { channel: 'string!', include_locale: 'boolean', include_num_members: 'boolean' },
    run(call) {
      const channel = scopedChannel(call, call.need('channel'), 'read')
      return {
        channel: {
          ...apiChannel(channel, call.bot(channel.teamId)),
          ...(call.flag('include_num_members') ? { num_members: channel.members.length } : {}),
        },
      }
    },
  },
  'conversations.list': {
    scopes: anyScope('read'),
    tier: 2,
    token: 'bot',
    args: { types: 'string', limit: 'number', cursor: 'string', exclude_archived: 'boolean', team_id: 'string' },
    run(call) {
      const kinds = readKinds(call)
      const bot = call.bot(call.team.id)
      const seen = call.core.world
        .channelsOf(call.team.id)
        .filter((channel) => kinds.includes(channel.kind))
        .filter((channel) => channel.kind === 'public' || channel.members.includes(bot))
        .filter((channel) => !(call.flag('exclude_archived') && channel.archived))
      const { items, next_cursor } = page(call, seen)
      return { channels: items.map((channel) => apiChannel(channel, bot)), response_metadata: { next_cursor } }
    },
  },
  'conversations.members': {
    scopes: anyScope('read'),
    tier: 4,
    token: 'bot',
    args: { channel: 'string!', limit: 'number', cursor: 'string' },
    run(call) {
      const channel = scopedChannel(call, call.need('channel'), 'read')
      const { items, next_cursor } = page(call, channel.members)
      return { members: items, response_metadata: { next_cursor } }
    },
  },
}
