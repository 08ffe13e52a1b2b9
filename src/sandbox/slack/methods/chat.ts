import { SlackError } from '../errors.ts'
import type { Channel, Message } from '../model.ts'
import { announceChange, post, showMessage, withBlockIds } from '../posting.ts'
import { apiMessage } from '../present-api.ts'
import { checkContent, checkMetadata } from './message-content.ts'
import type { Call, Methods } from './method.ts'

export const customize = { username: 'string', icon_emoji: 'string', icon_url: 'string', as_user: 'boolean' } as const
export const body = {
  text: 'string',
  markdown_text: 'string',
  blocks: 'json',
  attachments: 'json',
  link_names: 'boolean',
  parse: 'string',
} as const

/** Longest `text`, characters: of a new message, and of an update. */
export const longest = { post: 40_000, update: 4000 } as const

/** The root that a reply hangs under; a reply's own ts stands for its root. */
export function threadOf(call: Call, channel: Channel): string | null {
  const ts = call.text('thread_ts')
  if (!ts) return null
  if (!/^\d{10,}\.\d{6}$/.test(ts)) throw new SlackError('invalid_thread_ts')
  const root = call.core.messages.get(channel.id, ts)
  if (!root || root.onlyFor) throw new SlackError('thread_not_found')
  return root.threadTs ?? root.ts
}

/** The bot's own message. @throws SlackError `message_not_found`, or `refusal` for another's */
export function ownMessage(call: Call, channel: Channel, refusal: string): Message {
  const message = call.core.messages.get(channel.id, call.need('ts'))
  if (!message || message.onlyFor) throw new SlackError('message_not_found')
  if (message.user !== call.bot(channel.teamId)) throw new SlackError(refusal)
  return message
}

/** A name or picture of the message's own; only with the scope for it. */
export function customized(call: Call): { readonly username?: string; readonly icon?: string } {
  const username = call.text('username')
  const icon = call.text('icon_emoji') ?? call.text('icon_url')
  if (username || icon) call.requireScope('chat:write.customize')
  return { ...(username ? { username } : {}), ...(icon ? { icon } : {}) }
}

export const chatMethods: Methods = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    tier: 'post',
    token: 'bot',
    args: {
      channel: 'string!',
      ...body,
      ...customize,
      thread_ts: 'string',
      reply_broadcast: 'boolean',
      metadata: 'json',
      mrkdwn: 'boolean',
      unfurl_links: 'boolean',
      unfurl_media: 'boolean',
    },
    run(call) {
      const look = customized(call)
      const channel = call.writableChannel(call.need('channel'), { open: true })
      const content = checkContent(call.core, channel.teamId, call.args, longest.post)
      const message = post(call.core, {
        channel,
        ...look,
        user: call.bot(channel.teamId),
        botId: call.installation.botId,
        ...content,
        threadTs: threadOf(call, channel),
        broadcast: call.flag('reply_broadcast'),
        metadata: checkMetadata(call.json('metadata')),
      })
      return { channel: channel.id, ts: message.ts, message: apiMessage(call.core, message) }
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    tier: 4,
    token: 'bot',
    args: { channel: 'string!', user: 'string!', ...body, ...customize, thread_ts: 'string' },
    run(call) {
      const look = customized(call)
      const channel = call.writableChannel(call.need('channel'))
      if (!channel.members.includes(call.need('user'))) throw new SlackError('user_not_in_channel')
      const message = post(call.core, {
        channel,
        ...look,
        user: call.bot(channel.teamId),
        botId: call.installation.botId,
        ...checkContent(call.core, channel.teamId, call.args, longest.post),
        threadTs: threadOf(call, channel),
        onlyFor: call.need('user'),
      })
      return { message_ts: message.ts }
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    tier: 3,
    token: 'bot',
    args: {
      channel: 'string!',
      ts: 'string!',
      ...body,
      as_user: 'boolean',
      reply_broadcast: 'boolean',
      metadata: 'json',
      file_ids: 'json',
    },
    run(call) {
      const { core } = call
      const channel = call.writableChannel(call.need('channel'))
      const message = ownMessage(call, channel, 'cant_update_message')
      if (message.stream) throw new SlackError('streaming_state_conflict')
      const content = checkContent(core, channel.teamId, call.args, longest.update)
      const previous = apiMessage(core, message)
      const blocks = call.json('blocks') !== undefined
      // Text alone removes the blocks and is marked as edited; what is not named at all stays.
      if (content.text) message.text = content.text
      if (blocks || content.text) message.blocks = withBlockIds(core, content.blocks)
      if (call.json('attachments') !== undefined) message.attachments = content.attachments
      if (content.blocks.length === 0) message.editedTs = core.timestamps.next()
      if (call.json('metadata') !== undefined) message.metadata = checkMetadata(call.json('metadata'))
      showMessage(core, channel, message, 'message_changed')
      const shown = apiMessage(core, message)
      announceChange(core, channel, { subtype: 'message_changed', message: shown, previous_message: previous })
      return { channel: channel.id, ts: message.ts, text: message.text, message: shown }
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    tier: 3,
    token: 'bot',
    args: { channel: 'string!', ts: 'string!', as_user: 'boolean' },
    run(call) {
      const { core } = call
      const channel = call.writableChannel(call.need('channel'))
      const message = ownMessage(call, channel, 'cant_delete_message')
      core.messages.remove(message)
      core.hub.emit(
        { type: 'message_deleted', channel: channel.id, ts: message.ts },
        { teamId: channel.teamId, users: channel.members },
      )
      const root = message.threadTs ? core.messages.get(channel.id, message.threadTs) : undefined
      if (root) showMessage(core, channel, root, 'message_changed')
      announceChange(core, channel, {
        subtype: 'message_deleted',
        deleted_ts: message.ts,
        previous_message: apiMessage(core, message),
      })
      return { channel: channel.id, ts: message.ts }
    },
  },
  'chat.getPermalink': {
    scopes: [],
    tier: 'none',
    token: 'bot',
    args: { channel: 'string!', message_ts: 'string!' },
    run(call) {
      const channel = call.visibleChannel(call.need('channel'))
      const message = call.core.messages.get(channel.id, call.need('message_ts'))
      if (!message || message.onlyFor) throw new SlackError('message_not_found')
      const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : ''
      const permalink = `${call.core.publicUrl}/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`
      return { channel: channel.id, permalink }
    },
  },
}
