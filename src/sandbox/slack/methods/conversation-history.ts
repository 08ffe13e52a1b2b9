import { SlackError } from '../errors.ts'
import type { Channel, Message } from '../model.ts'
import { apiMessage } from '../present-api.ts'
import { anyScope, scopedChannel } from './channel-scopes.ts'
import { type Call, type Methods, page } from './method.ts'

const window = {
  oldest: 'string',
  latest: 'string',
  inclusive: 'boolean',
  limit: 'number',
  cursor: 'string',
  include_all_metadata: 'boolean',
} as const

/** A channel that the bot may read: it must be in it. @throws SlackError `missing_scope`, `not_in_channel` */
function readable(call: Call): Channel {
  const channel = scopedChannel(call, call.need('channel'), 'history')
  if (!channel.members.includes(call.bot(channel.teamId))) throw new SlackError('not_in_channel')
  return channel
}

/** @throws SlackError `invalid_ts_oldest`, `invalid_ts_latest` */
function within(call: Call): (message: Message) => boolean {
  for (const edge of ['oldest', 'latest'] as const) {
    const given = call.text(edge)
    if (given !== undefined && !/^\d+(\.\d{1,6})?$/.test(given)) throw new SlackError(`invalid_ts_${edge}`)
  }
  const oldest = Number(call.text('oldest') ?? 0)
  const latest = Number(call.text('latest') ?? Number.POSITIVE_INFINITY)
  return ({ ts }) => {
    const at = Number(ts)
    return at === oldest || at === latest ? call.flag('inclusive') : at > oldest && at < latest
  }
}

function shown(call: Call, messages: readonly Message[], fallback: number): Record<string, unknown> {
  const { items, next_cursor } = page(call, messages, fallback)
  return {
    messages: items.map((message) => apiMessage(call.core, message)),
    has_more: next_cursor !== '',
    response_metadata: { next_cursor },
  }
}

export const conversationHistoryMethods: Methods = {
  'conversations.history': {
    scopes: anyScope('history'),
    tier: 1,
    token: 'bot',
    args: { channel: 'string!', ...window },
    run(call) {
      const channel = readable(call)
      const messages = call.core.messages
        .all(channel.id)
        .filter((message) => !message.onlyFor && (!message.threadTs || message.broadcast))
        .filter(within(call))
        .reverse()
      return { ...shown(call, messages, 100), pin_count: call.core.pins.of(channel.id).length }
    },
  },
  'conversations.replies': {
    scopes: anyScope('history'),
    tier: 1,
    token: 'bot',
    args: { channel: 'string!', ts: 'string!', ...window },
    run(call) {
      const { core } = call
      const channel = readable(call)
      const asked = core.messages.get(channel.id, call.need('ts'))
      const root = asked?.threadTs ? core.messages.get(channel.id, asked.threadTs) : asked
      if (!root || root.onlyFor) throw new SlackError('thread_not_found')
      return shown(call, [root, ...core.messages.replies(channel.id, root.ts).filter(within(call))], 1000)
    },
  },
}
