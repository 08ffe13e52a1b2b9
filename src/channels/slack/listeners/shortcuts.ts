import type { App } from '@slack/bolt'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { announceOrder } from './announce-order.ts'

/**
 * "Ask NOX about this": someone gives a message to NOX as their own order, with their own rights. What an app posts may
 * show other words than its text has, and of another's words one need not have meant each: a change is confirmed.
 */
export function listenToShortcuts(app: App, channel: SlackChannel): void {
  app.shortcut({ type: 'message_action', callback_id: 'ask_nox' }, async ({ shortcut, context, ack, respond }) => {
    await ack()
    const tenantId = String(context.tenantId)
    const userId = shortcut.user.id
    const conversationId = shortcut.channel.id
    const language = await languageOf(channel, tenantId, userId)
    // Slack's answer does not wait for it, nor for an address that leads nowhere.
    const tell = (key: 'notInChannel' | 'notTaken' | 'shortcut.empty') =>
      afterwards(channel, 'a sentence about a shortcut', async () => {
        const text = plainPhrase(phrase(key), language)
        await respond({ response_type: 'ephemeral', replace_original: false, text })
      })
    const text = shortcut.message.text?.trim() ?? ''
    if (text === '') return tell('shortcut.empty')
    const { user, bot_id: bot } = shortcut.message as { user?: unknown; bot_id?: unknown }
    const isOwn = user === userId && bot === undefined
    const root = String(shortcut.message.thread_ts ?? shortcut.message_ts)
    try {
      const announced = await announceOrder(channel, { tenantId, userId, conversationId, threadTs: root, text })
      if ('refused' in announced) return tell('notInChannel')
      await channel.road.handle({
        tenantId,
        userId,
        eventId: `shortcut ${shortcut.trigger_id}`,
        place: {
          channel: 'slack',
          conversationId,
          threadTs: root,
          kind: conversationId.startsWith('D') ? 'direct' : 'channel',
        },
        receivedAt: channel.now(),
        input: { kind: 'text', text, botUserId: context.botUserId ?? '', isBorrowed: !isOwn },
      })
    } catch (error) {
      channel.log.error({ err: error, tenant: tenantId }, 'a shortcut could not be taken')
      tell('notTaken')
    }
  })
}
