import { readAddress } from '../../../domain/workspace-address.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { escapeForeign } from '../blocks/foreign-text.ts'
import type { SlackChannel } from '../channel.ts'
import { lookArguments, withLook } from '../look.ts'
import { isClosedPlace } from '../web-api/error.ts'

/**
 * Writes an order that nobody else can see (a slash command, a shortcut) into its channel, so that the answers have a
 * thread and the others know who ordered what. Gives the thread, or why there is none.
 */
export async function announceOrder(
  channel: SlackChannel,
  order: {
    readonly tenantId: string
    readonly userId: string
    readonly conversationId: string
    readonly threadTs?: string
    readonly text: string
  },
): Promise<{ readonly threadTs: string } | { readonly refused: Phrase }> {
  const reached = await channel.installations.reach(order.tenantId, order.conversationId)
  if (!reached) return { refused: phrase('notInChannel') }
  const { installation, id } = reached
  const line = `*<@${readAddress(order.userId).id}>* · ${escapeForeign(order.text.slice(0, 300))}`
  try {
    const args = {
      channel: id,
      thread_ts: order.threadTs,
      text: escapeForeign(order.text.slice(0, 150)),
      blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: line }] }],
      unfurl_links: false,
    }
    const look = lookArguments(await channel.lookOf(order.tenantId), installation)
    const reply = await withLook(look, (shownAs) =>
      channel.api.call(installation.botToken, 'chat.postMessage', { ...args, ...shownAs }, { patienceMs: 0 }),
    )
    return { threadTs: order.threadTs ?? String(reply.ts) }
  } catch (error) {
    if (isClosedPlace(error)) return { refused: phrase('notInChannel') }
    throw error
  }
}
