import { SlackError } from '../errors.ts'
import { showChannels } from '../install.ts'
import type { Channel } from '../model.ts'
import { apiChannel } from '../present-api.ts'
import type { Call, Methods } from './method.ts'

/** What changes a channel: `channels:manage` for public ones, `groups:write` for private ones. */
const manage = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'] as const
const scopeToManage = {
  public: 'channels:manage',
  private: 'groups:write',
  im: 'im:write',
  mpim: 'mpim:write',
} as const
const channelArgument = { channel: 'string!' } as const

/** @throws SlackError `missing_scope`, `channel_not_found`, `method_not_supported_for_channel_type` */
function managed(call: Call): Channel {
  const channel = call.visibleChannel(call.need('channel'))
  call.requireScope(scopeToManage[channel.kind])
  if (channel.kind === 'im' || channel.kind === 'mpim') throw new SlackError('method_not_supported_for_channel_type')
  return channel
}

/** As `managed`, and the bot is a member of a channel in use. @throws SlackError `not_in_channel`, `is_archived` */
function memberOf(call: Call): Channel {
  const channel = managed(call)
  if (channel.archived) throw new SlackError('is_archived')
  if (!channel.members.includes(call.bot(channel.teamId))) throw new SlackError('not_in_channel')
  return channel
}

/** @throws SlackError `invalid_name_*`, `name_taken` */
function readName(call: Call, teamId: string): string {
  const name = call.need('name')
  if ([...name].length > 80) throw new SlackError('invalid_name_maxlength')
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new SlackError('invalid_name_specials')
  if (!/[\p{L}\p{N}]/u.test(name)) throw new SlackError('invalid_name_punctuation')
  if (call.core.world.channelsOf(teamId).some((each) => each.name === name)) throw new SlackError('name_taken')
  return name
}

function shown(call: Call, channel: Channel): Record<string, unknown> {
  showChannels(call.core, channel.teamId)
  return { channel: apiChannel(channel, call.bot(channel.teamId)) }
}

export const conversationChangeMethods: Methods = {
  'conversations.create': {
    scopes: ['channels:manage', 'groups:write'],
    tier: 2,
    token: 'bot',
    args: { name: 'string!', is_private: 'boolean', team_id: 'string' },
    run(call) {
      const isPrivate = call.flag('is_private')
      call.requireScope(scopeToManage[isPrivate ? 'private' : 'public'])
      const { id } = call.team
      return shown(call, call.core.world.createChannel(id, readName(call, id), isPrivate, [call.bot(id)]))
    },
  },
  'conversations.rename': {
    scopes: manage,
    tier: 2,
    token: 'bot',
    args: { ...channelArgument, name: 'string!' },
    run(call) {
      const channel = memberOf(call)
      channel.name = readName(call, channel.teamId)
      return shown(call, channel)
    },
  },
  'conversations.archive': {
    scopes: manage,
    tier: 2,
    token: 'bot',
    args: channelArgument,
    run(call) {
      const channel = managed(call)
      if (channel.archived) throw new SlackError('already_archived')
      if (channel.name === 'general') throw new SlackError('cant_archive_general')
      channel.archived = true
      showChannels(call.core, channel.teamId)
      return {}
    },
  },
  'conversations.join': {
    scopes: ['channels:join'],
    tier: 3,
    token: 'bot',
    args: channelArgument,
    run(call) {
      const channel = call.visibleChannel(call.need('channel'))
      if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type')
      if (channel.archived) throw new SlackError('is_archived')
      const bot = call.bot(channel.teamId)
      const already = channel.members.includes(bot)
      if (!already) channel.members.push(bot)
      return { ...shown(call, channel), ...(already ? { warning: 'already_in_channel' } : {}) }
    },
  },
  'conversations.invite': {
    scopes: manage,
    tier: 3,
    token: 'bot',
    args: { ...channelArgument, users: 'string!', force: 'boolean' },
    run(call) {
      const channel = memberOf(call)
      const bot = call.bot(channel.teamId)
      const asked = call.need('users').split(',').filter(Boolean)
      if (asked.length === 0) throw new SlackError('no_user')
      if (asked.length > 100) throw new SlackError('too_many_users')
      const codeOf = (id: string) => {
        const user = call.core.world.users.get(id)
        if (id === bot) return 'cant_invite_self'
        if (!user || !call.mayEnter(user.teamId)) return 'user_not_found'
        return channel.members.includes(id) ? 'already_in_channel' : null
      }
      const errors = asked.flatMap((user) => {
        const error = codeOf(user)
        return error ? [{ user, ok: false, error }] : []
      })
      const [first] = errors
      if (first && !(call.flag('force') && errors.length < asked.length)) throw new SlackError(first.error, { errors })
      channel.members.push(...asked.filter((id) => codeOf(id) === null))
      return shown(call, channel)
    },
  },
  'conversations.setTopic': {
    scopes: manage,
    tier: 2,
    token: 'bot',
    args: { ...channelArgument, topic: 'string' },
    run(call) {
      const channel = memberOf(call)
      const topic = call.text('topic') ?? ''
      if ([...topic].length > 250) throw new SlackError('too_long')
      channel.topic = topic
      return shown(call, channel)
    },
  },
  'conversations.setPurpose': {
    scopes: manage,
    tier: 2,
    token: 'bot',
    args: { ...channelArgument, purpose: 'string' },
    run(call) {
      const channel = memberOf(call)
      const purpose = call.text('purpose') ?? ''
      if ([...purpose].length > 250) throw new SlackError('too_long')
      channel.purpose = purpose
      return { ...shown(call, channel), purpose }
    },
  },
}
