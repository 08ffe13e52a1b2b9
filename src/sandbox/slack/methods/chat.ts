import { checkBlocks } from '../blocks/blocks.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { Block, Channel, Message } from '../model.ts'
import { announceChange, post, showMessage, withBlockIds } from '../posting.ts'
import { apiMessage } from '../present.ts'
import { storeAppText } from '../text.ts'
import type { Call, Methods } from './method.ts'

const customize = { username: 'string', icon_emoji: 'string', icon_url: 'string', as_user: 'boolean' } as const
const body = {
  text: 'string',
  markdown_text: 'string',
  blocks: 'json',
  attachments: 'json',
  link_names: 'boolean',
  parse: 'string',
} as const

/** Longest `text`, characters: of a new message, and of an update. */
const longest = { post: 40_000, update: 4000 } as const

export interface Content {
  readonly text: string
  readonly blocks: readonly Block[]
  readonly attachments: readonly unknown[]
}

/** Checks what a message would say. @throws SlackError `no_text`, `msg_too_long`, `invalid_blocks`, … */
export function checkContent(args: Readonly<Record<string, unknown>>, limit: number): Content {
  const text = typeof args.text === 'string' ? args.text : ''
  const markdown = typeof args.markdown_text === 'string' ? args.markdown_text : ''
  const { blocks = [], attachments = [] } = args
  if (markdown && (text || (Array.isArray(blocks) && blocks.length > 0))) throw new SlackError('markdown_text_conflict')
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format')
  if (!Array.isArray(attachments))
    throw withMessages('invalid_arguments', ['must be an array [json-pointer:/attachments]'])
  if (attachments.length > 100) throw new SlackError('too_many_attachments')
  const problems = checkBlocks(blocks, 'message')
  if (problems.length > 0) throw withMessages('invalid_blocks', problems)
  if (!text && !markdown && blocks.length === 0 && attachments.length === 0) throw new SlackError('no_text')
  if ([...text].length > limit || [...markdown].length > 12_000) throw new SlackError('msg_too_long')
  return { text: storeAppText(text || markdown), blocks, attachments }
}

function checkMetadata(value: unknown): unknown {
  if (value === undefined || value === null) return null
  const metadata = value as { event_type?: unknown; event_payload?: unknown }
  if (
    typeof metadata.event_type !== 'string' ||
    typeof metadata.event_payload !== 'object' ||
    !metadata.event_payload
  ) {
    throw new SlackError('invalid_metadata_format')
  }
  if (JSON.stringify(value).length > 16_384) throw new SlackError('metadata_too_large')
  return value
}

/** The root that a reply hangs under; a reply's own ts stands for its root. */
function threadOf(call: Call, channel: Channel): string | null {
  const ts = call.text('thread_ts')
  if (!ts) return null
  if (!/^\d{10,}\.\d{6}$/.test(ts)) throw new SlackError('invalid_thread_ts')
  const root = call.core.messages.get(channel.id, ts)
  if (!root || root.onlyFor) throw new SlackError('thread_not_found')
  return root.threadTs ?? root.ts
}

function ownMessage(call: Call, channel: Channel, refusal: string): Message {
  const message = call.core.messages.get(channel.id, call.need('ts'))
  if (!message || message.onlyFor) throw new SlackError('message_not_found')
  if (message.user !== call.bot(channel.teamId)) throw new SlackError(refusal)
  return message
}

function checkCustomized(call: Call): void {
  if (!call.text('username') && !call.text('icon_emoji') && !call.text('icon_url')) return
  if (!call.token.scopes.includes('chat:write.customize')) {
    throw new SlackError('missing_scope', { needed: 'chat:write.customize', provided: call.token.scopes.join(',') })
  }
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
      checkCustomized(call)
      const channel = call.writableChannel(call.need('channel'))
      const content = checkContent(call.args, longest.post)
      const message = post(call.core, {
        channel,
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
      checkCustomized(call)
      const channel = call.writableChannel(call.need('channel'))
      if (!channel.members.includes(call.need('user'))) throw new SlackError('user_not_in_channel')
      const message = post(call.core, {
        channel,
        user: call.bot(channel.teamId),
        botId: call.installation.botId,
        ...checkContent(call.args, longest.post),
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
      const content = checkContent(call.args, longest.update)
      const previous = apiMessage(core, message)
      message.text = content.text
      // Without `blocks` an update of the text keeps the old ones; an empty list removes them.
      if (call.json('blocks') !== undefined || call.text('text')) message.blocks = withBlockIds(core, content.blocks)
      message.attachments = content.attachments
      message.editedTs = core.timestamps.next()
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
