import { SlackError, withMessages } from '../errors.ts'
import { post } from '../posting.ts'
import { body, longest, threadOf } from './chat.ts'
import { checkContent, checkMetadata } from './message-content.ts'
import { type Methods, page } from './method.ts'

const daySeconds = 86_400
/** Farthest that a message may wait, and how many may be posted within five minutes in one channel. */
const limits = { days: 120, inWindow: 30, windowSeconds: 300 } as const

export const scheduledChatMethods: Methods = {
  'chat.scheduleMessage': {
    scopes: ['chat:write'],
    tier: 3,
    token: 'bot',
    args: {
      channel: 'string!',
      post_at: 'number!',
      ...body,
      as_user: 'boolean',
      thread_ts: 'string',
      reply_broadcast: 'boolean',
      metadata: 'json',
      unfurl_links: 'boolean',
      unfurl_media: 'boolean',
    },
    run(call) {
      const { core } = call
      const channel = call.writableChannel(call.need('channel'), { open: true })
      const content = checkContent(core, channel.teamId, call.args, longest.post)
      const postAt = call.number('post_at') ?? 0
      const now = core.now() / 1000
      if (!Number.isInteger(postAt))
        throw withMessages('invalid_arguments', ['must be a timestamp [json-pointer:/post_at]'])
      if (postAt <= now) throw new SlackError('time_in_past')
      if (postAt > now + limits.days * daySeconds) throw new SlackError('time_too_far')
      const close = core.scheduled
        .list()
        .filter((each) => each.channel === channel.id && Math.abs(each.postAt - postAt) < limits.windowSeconds)
      if (close.length >= limits.inWindow) throw new SlackError('restricted_too_many')
      const id = core.ids.next('Q')
      const message = {
        channel,
        user: call.bot(channel.teamId),
        botId: call.installation.botId,
        ...content,
        threadTs: threadOf(call, channel),
        broadcast: call.flag('reply_broadcast'),
        metadata: checkMetadata(call.json('metadata')),
      }
      const callOff = core.later(Math.max(0, postAt * 1000 - core.now()), () => {
        if (core.scheduled.take(id) && !channel.archived && !call.token.revoked) post(core, message)
      })
      const created = Math.floor(now)
      core.scheduled.add({
        id,
        teamId: channel.teamId,
        channel: channel.id,
        postAt,
        created,
        text: content.text,
        callOff,
      })
      return {
        channel: channel.id,
        scheduled_message_id: id,
        post_at: postAt,
        message: { type: 'delayed_message', text: content.text, bot_id: message.botId, user: message.user },
      }
    },
  },
  'chat.deleteScheduledMessage': {
    scopes: ['chat:write'],
    tier: 3,
    token: 'bot',
    args: { channel: 'string!', scheduled_message_id: 'string!', as_user: 'boolean' },
    run(call) {
      const channel = call.writableChannel(call.need('channel'))
      const id = call.need('scheduled_message_id')
      if (call.core.scheduled.get(id)?.channel !== channel.id) throw new SlackError('invalid_scheduled_message_id')
      call.core.scheduled.take(id)?.callOff()
      return {}
    },
  },
  'chat.scheduledMessages.list': {
    scopes: [],
    tier: 3,
    token: 'bot',
    args: {
      channel: 'string',
      cursor: 'string',
      limit: 'number',
      latest: 'string',
      oldest: 'string',
      team_id: 'string',
    },
    run(call) {
      const channel = call.text('channel')
      if (channel) call.visibleChannel(channel)
      const own = call.core.scheduled.list().filter((each) => call.mayEnter(each.teamId))
      const asked = own.filter(
        (each) =>
          (!channel || each.channel === channel) &&
          each.postAt >= Number(call.text('oldest') ?? 0) &&
          each.postAt <= Number(call.text('latest') ?? Number.POSITIVE_INFINITY),
      )
      const { items, next_cursor } = page(call, asked)
      return {
        scheduled_messages: items.map(({ id, channel, postAt, created, text }) => ({
          id,
          channel_id: channel,
          post_at: postAt,
          date_created: created,
          text,
        })),
        response_metadata: { next_cursor },
      }
    },
  },
}
