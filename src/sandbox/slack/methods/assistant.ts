import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { Channel } from '../model.ts'
import type { Call, Methods } from './method.ts'

const look = { icon_emoji: 'string', icon_url: 'string', username: 'string' } as const

function thread(call: Call, channel: Channel): string {
  const ts = call.text('thread_ts')
  if (!ts) throw withMessages('invalid_arguments', ['missing required field: thread_ts'])
  if (!call.core.messages.get(channel.id, ts)) throw new SlackError('invalid_thread_ts')
  return ts
}

function show(core: Core, channel: Channel, threadTs: string, text: string, stoppable: boolean): void {
  core.hub.emit(
    { type: 'status', channel: channel.id, thread_ts: threadTs, text, stoppable },
    { teamId: channel.teamId, users: channel.members },
  )
}

export const assistantMethods: Methods = {
  'assistant.threads.setStatus': {
    scopes: ['assistant:write', 'chat:write'],
    tier: 4,
    token: 'bot',
    args: { channel_id: 'string!', thread_ts: 'string!', status: 'string', loading_messages: 'json', ...look },
    run(call) {
      const channel = call.writableChannel(call.need('channel_id'))
      const messages = call.json('loading_messages') ?? []
      if (!Array.isArray(messages) || messages.length > 10) {
        throw withMessages('invalid_arguments', ['no more than 10 items allowed [json-pointer:/loading_messages]'])
      }
      show(call.core, channel, thread(call, channel), call.text('status') ?? '', false)
      return {}
    },
  },
  'assistant.threads.setSuggestedPrompts': {
    scopes: ['assistant:write'],
    tier: 4,
    token: 'bot',
    args: { channel_id: 'string!', thread_ts: 'string', prompts: 'json!', title: 'string' },
    run(call) {
      const channel = call.writableChannel(call.need('channel_id'))
      const prompts = call.json('prompts')
      const good = (prompt: unknown) =>
        isRecord(prompt) && typeof prompt.title === 'string' && typeof prompt.message === 'string'
      if (!Array.isArray(prompts) || prompts.length === 0 || !prompts.every(good)) {
        throw withMessages('invalid_arguments', ['must be a list of title and message [json-pointer:/prompts]'])
      }
      if (prompts.length > 4) {
        throw withMessages('invalid_arguments', ['no more than 4 items allowed [json-pointer:/prompts]'])
      }
      if (call.text('thread_ts')) thread(call, channel)
      call.core.hub.emit(
        {
          type: 'prompts',
          channel: channel.id,
          title: call.text('title') ?? '',
          prompts: prompts.map(({ title, message }) => ({ title, message })),
        },
        { teamId: channel.teamId, users: channel.members },
      )
      return {}
    },
  },
  'assistant.threads.setTitle': {
    scopes: ['assistant:write'],
    tier: 4,
    token: 'bot',
    args: { channel_id: 'string!', thread_ts: 'string!', title: 'string!' },
    run(call) {
      const channel = call.writableChannel(call.need('channel_id'))
      if (channel.kind !== 'im') throw new SlackError('invalid_channel_type')
      thread(call, channel)
      return {}
    },
  },
  'agents.sessions.setStatus': {
    scopes: ['chat:write'],
    tier: 3,
    token: 'bot',
    args: {
      status: 'string!',
      channel_id: 'string',
      thread_ts: 'string',
      title: 'string',
      initiator_user_id: 'string',
      ...look,
    },
    run(call) {
      const status = call.need('status')
      if (!['active', 'processing', 'suspended', 'closed'].includes(status)) throw new SlackError('invalid_status')
      if ([...(call.text('title') ?? '')].length > 200) throw new SlackError('title_too_long')
      const channel = call.writableChannel(call.text('channel_id') ?? '')
      const stoppable = call.core.app.events.includes('agent_session_stopped')
      const processing = status === 'processing'
      show(
        call.core,
        channel,
        thread(call, channel),
        processing ? (call.text('title') ?? status) : '',
        processing && stoppable,
      )
      return {
        status,
        agent_status: status,
        title: call.text('title') ?? '',
        ...(stoppable ? {} : { warning: 'missing_agent_session_stopped_event_subscription' }),
      }
    },
  },
}
