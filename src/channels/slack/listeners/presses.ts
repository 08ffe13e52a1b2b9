import type { App, BlockAction } from '@slack/bolt'
import type { Language } from '../../../domain/command-spec.ts'
import { onceEvent } from '../../../domain/once.ts'
import type { Place, Request } from '../../../domain/request.ts'
import { decodeEffect, decodeMenuBlock } from '../blocks/button-value.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { showHome } from './home.ts'

/** Buttons and menus on NOX's messages and in its Home tab: the road is travelled before the acknowledgement. */
export function listenToPresses(app: App, channel: SlackChannel): void {
  app.action(/^link\./, ({ ack }) => ack())
  app.action<BlockAction>(/^(press|order|more|menu)\./, async ({ body, action, context, ack }) => {
    const tenantId = String(context.tenantId)
    const input = readInput(action, languageOfAction(action.action_id), body.trigger_id)
    if (input === null) {
      channel.log.warn({ tenant: tenantId, actionId: action.action_id }, 'a press that NOX does not know')
    } else {
      const place = await placeOf(channel, tenantId, body)
      await channel.road.handle({
        tenantId,
        userId: body.user.id,
        eventId: onceOf(action) ?? `press ${body.trigger_id}`,
        place,
        receivedAt: channel.now(),
        input,
      })
      if (input.kind === 'press') showDecided(channel, tenantId, body.user.id, place)
    }
    await ack()
  })
}

/** What was decided in Home stands there no longer. */
export function showDecided(channel: SlackChannel, tenantId: string, userId: string, place: Place): void {
  if (place.kind === 'home') afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId))
}

/** `press.0.en`: the language of the message that carries the button. */
export const languageOfAction = (actionId: string): Language => (actionId.endsWith('.en') ? 'en' : 'fr')

function readInput(
  action: BlockAction['actions'][number],
  language: Language,
  triggerId: string,
): Request['input'] | null {
  if (action.type === 'static_select' || action.type === 'external_select') {
    const menu = decodeMenuBlock(action.block_id)
    const value = action.selected_option?.value
    if (!menu || value === undefined) return null
    return { kind: 'press', press: { actionId: menu.actionId, act: 'choose', value }, language }
  }
  const effect = effectOf(action)
  if (effect?.kind === 'press') {
    const { act, actionId, value } = effect
    return { kind: 'press', press: { act, actionId, ...(value === undefined ? {} : { value }) }, language }
  }
  if (effect?.kind === 'order') {
    const { command, args, confirmed = false, asks = false } = effect
    const order = { kind: 'order', order: { command, args }, language, confirmed, asks } as const
    return effect.once === undefined ? order : { ...order, pressId: triggerId }
  }
  return null
}

/** What a button carries, or the entry that was picked behind `⋯`. */
function effectOf(action: BlockAction['actions'][number]) {
  if (action.type === 'button') return decodeEffect(action.value ?? '')
  return action.type === 'overflow' ? decodeEffect(action.selected_option.value) : null
}

/** One event for all presses of buttons that give one order together; `null` = each press is its own. */
function onceOf(action: BlockAction['actions'][number]): string | null {
  const effect = effectOf(action)
  return effect?.kind === 'order' && effect.once !== undefined ? onceEvent(effect.once) : null
}

/** Where a press is answered: the thread of its message, or the person's direct messages for the Home tab. */
export async function placeOf(channel: SlackChannel, tenantId: string, body: BlockAction): Promise<Place> {
  // Slack's documentation doesn't promise it.
  const container: Partial<BlockAction['container']> = body.container ?? {}
  const conversationId = body.channel?.id ?? (container.channel_id as string | undefined)
  if (conversationId === undefined) {
    const direct = await channel.messenger.conversationWith(tenantId, body.user.id)
    return { channel: 'slack', conversationId: direct, threadTs: null, kind: 'home' }
  }
  const message = body.message as { thread_ts?: string } | undefined
  const threadTs: string | null = message?.thread_ts ?? container.thread_ts ?? container.message_ts ?? null
  return { channel: 'slack', conversationId, threadTs, kind: conversationId.startsWith('D') ? 'direct' : 'channel' }
}
