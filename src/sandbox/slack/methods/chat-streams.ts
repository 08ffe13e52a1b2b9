import { checkBlocks } from '../blocks/blocks.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { Block, Channel, Message, Stream } from '../model.ts'
import { announceChange, post, showMessage, withBlockIds } from '../posting.ts'
import { apiMessage } from '../present-api.ts'
import { storeAppText } from '../text.ts'
import { customized, threadOf } from './chat.ts'
import { checkMetadata } from './message-content.ts'
import type { Call, Methods } from './method.ts'
import { append, blocksOf } from './stream-content.ts'

/** A stream that nothing was appended to for so long is over, ms. */
const idleMs = 5 * 60_000
const modes = ['timeline', 'plan'] as const
const look = { icon_emoji: 'string', icon_url: 'string', username: 'string' } as const
const content = { markdown_text: 'string', chunks: 'json' } as const

/** In a channel a stream is for one person. @throws SlackError `missing_recipient_team_id`, … */
function checkRecipient(call: Call, channel: Channel): void {
  if (channel.kind === 'im') return
  const team = call.text('recipient_team_id')
  const user = call.text('recipient_user_id')
  if (!team) throw new SlackError('missing_recipient_team_id')
  if (!user) throw new SlackError('missing_recipient_user_id')
  if (!channel.members.includes(user)) throw new SlackError('user_not_in_channel')
}

function streamed(call: Call): { channel: Channel; message: Message; stream: Stream } {
  const channel = call.writableChannel(call.need('channel'))
  const message = call.core.messages.get(channel.id, call.need('ts'))
  if (!message || message.onlyFor) throw new SlackError('message_not_found')
  if (message.user !== call.bot(channel.teamId)) throw new SlackError('message_not_owned_by_app')
  const { stream } = message
  if (stream && call.core.now() - stream.at > idleMs) message.stream = null
  if (!message.stream) throw new SlackError('message_not_in_streaming_state')
  return { channel, message, stream: message.stream }
}

function show(call: Call, channel: Channel, message: Message, stream: Stream): void {
  stream.at = call.core.now()
  message.text = storeAppText(stream.markdown)
  message.blocks = withBlockIds(call.core, blocksOf(stream))
  showMessage(call.core, channel, message, 'message_changed')
}

export const chatStreamMethods: Methods = {
  'chat.startStream': {
    scopes: ['chat:write'],
    tier: 2,
    token: 'bot',
    args: {
      channel: 'string!',
      thread_ts: 'string!',
      ...content,
      ...look,
      recipient_team_id: 'string',
      recipient_user_id: 'string',
      task_display_mode: 'string',
    },
    run(call) {
      const { core } = call
      const channel = call.writableChannel(call.need('channel'))
      const looks = customized(call)
      const threadTs = threadOf(call, channel)
      checkRecipient(call, channel)
      const display = modes.find((mode) => mode === (call.text('task_display_mode') ?? 'timeline'))
      if (!display)
        throw withMessages('invalid_arguments', ['must be timeline or plan [json-pointer:/task_display_mode]'])
      const stream: Stream = { display, markdown: '', planTitle: '', tasks: [], blocks: [], at: core.now() }
      append(stream, call.text('markdown_text'), call.json('chunks'))
      const message = post(core, {
        channel,
        ...looks,
        user: call.bot(channel.teamId),
        botId: call.installation.botId,
        text: storeAppText(stream.markdown),
        blocks: blocksOf(stream),
        threadTs,
        stream,
      })
      return { channel: channel.id, ts: message.ts }
    },
  },
  'chat.appendStream': {
    scopes: ['chat:write'],
    tier: 4,
    token: 'bot',
    args: { channel: 'string!', ts: 'string!', ...content },
    run(call) {
      const { channel, message, stream } = streamed(call)
      if (!call.text('markdown_text') && call.json('chunks') === undefined) throw new SlackError('no_text')
      append(stream, call.text('markdown_text'), call.json('chunks'))
      show(call, channel, message, stream)
      return { channel: channel.id, ts: message.ts }
    },
  },
  'chat.stopStream': {
    scopes: ['chat:write'],
    tier: 2,
    token: 'bot',
    args: {
      channel: 'string!',
      ts: 'string!',
      ...content,
      blocks: 'json',
      metadata: 'json',
      session_status: 'string',
    },
    run(call) {
      const { core } = call
      const { channel, message, stream } = streamed(call)
      const blocks = call.json('blocks') ?? []
      const problems = checkBlocks(blocks, 'message')
      if (problems.length > 0) throw withMessages('invalid_blocks', problems)
      append(stream, call.text('markdown_text'), call.json('chunks'))
      stream.blocks.push(...(blocks as Block[]))
      if (call.json('metadata') !== undefined) message.metadata = checkMetadata(call.json('metadata'))
      show(call, channel, message, stream)
      message.stream = null
      showMessage(core, channel, message, 'message_changed')
      const shown = apiMessage(core, message)
      announceChange(core, channel, { subtype: 'message_changed', message: shown, previous_message: shown })
      return { channel: channel.id, ts: message.ts, message: shown }
    },
  },
}
