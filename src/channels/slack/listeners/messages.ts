import type { Context } from '@slack/bolt'
import type { Request } from '../../../domain/request.ts'
import type { SlackChannel } from '../channel.ts'
import { ForeignPayload } from '../foreign-payload.ts'
import { isOutsider } from '../is-outsider.ts'
import type { EventTable } from './events.ts'

/** The fields of `app_mention` and `message.im` that bear on an order. */
interface Said {
  readonly channel: string
  readonly ts: string
  readonly thread_ts?: string
  readonly text?: string
  readonly user?: string
  readonly bot_id?: string
  readonly subtype?: string
  readonly channel_type?: string
}

/** A message that carries files is an order like any other; edits, joins and the like are none. */
const spoken = new Set([undefined, 'file_share', 'thread_broadcast'])

/** Mentions in channels, and every word of a direct message. */
export function listenToMessages(events: EventTable, channel: SlackChannel): void {
  events.on('app_mention', ({ event, body, context }) => take(channel, event, body, context, 'channel'))
  events.on('message', async ({ event, body, context }) => {
    if (event.channel_type === 'im') await take(channel, event as Said, body, context, 'direct')
  })
}

async function take(
  channel: SlackChannel,
  said: Said,
  body: unknown,
  context: Context,
  kind: 'channel' | 'direct',
): Promise<void> {
  const { user: userId, text, ts } = said
  if (userId === undefined || text === undefined || said.bot_id !== undefined || !spoken.has(said.subtype)) return
  for (const each of [userId, text, ts, said.channel, said.thread_ts ?? ts]) {
    if (typeof each !== 'string') throw new ForeignPayload('a message whose ids or words are none')
  }
  const tenantId = String(context.tenantId)
  const botUserId = context.botUserId ?? ''
  const request: Request = {
    tenantId,
    userId,
    // The message itself is the order: sent again under another event id, or told by two events, it is still one.
    eventId: `message ${said.channel} ${ts}`,
    place: { channel: 'slack', conversationId: said.channel, threadTs: said.thread_ts ?? ts, kind },
    receivedAt: channel.now(),
    input: { kind: 'text', text, botUserId },
    ...((await isOutsider(channel, tenantId, userId, body)) ? { isOutsider: true } : {}),
  }
  await channel.road.handle(request)
}
