import type { App } from '@slack/bolt'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { languageOf, type SlackChannel } from '../channel.ts'
import { announceOrder } from './announce-order.ts'

/** `/nox …`: an order like a mention; without words, the help. */
export function listenToCommands(app: App, channel: SlackChannel): void {
  app.command('/nox', async ({ command, context, ack }) => {
    const tenantId = String(context.tenantId)
    const { user_id: userId, channel_id: conversationId, trigger_id } = command
    const language = await languageOf(channel, tenantId, userId)
    const words = command.text.trim()
    const text = words === '' ? (language === 'fr' ? 'aide' : 'help') : words
    const place = { tenantId, userId, conversationId }
    const announced = await announceOrder(channel, { ...place, text: `/nox ${words}`.trim() })
    if ('refused' in announced) {
      await ack({ response_type: 'ephemeral', text: plainPhrase(announced.refused, language) })
      return
    }
    const { threadTs } = announced
    const kind = conversationId.startsWith('D') ? 'direct' : 'channel'
    try {
      await channel.road.handle({
        tenantId,
        userId,
        eventId: `command ${trigger_id}`,
        place: { channel: 'slack', conversationId, threadTs, kind },
        receivedAt: channel.now(),
        input: { kind: 'text', text, botUserId: context.botUserId ?? '' },
      })
    } catch (error) {
      // Slack sends a command only once: who wrote it learns at once that nothing was taken.
      channel.log.error({ err: error, tenant: tenantId }, 'a command could not be taken')
      await ack({ response_type: 'ephemeral', text: plainPhrase(phrase('notTaken'), language) })
      return
    }
    await ack()
  })
}
