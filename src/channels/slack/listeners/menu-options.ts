import type { App } from '@slack/bolt'
import { decodeMenuBlock } from '../blocks/button-value.ts'
import { renderOptions } from '../blocks/render-buttons.ts'
import type { SlackChannel } from '../channel.ts'

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The entries of a menu that has too many for Slack: those that contain what the person types, best first. */
export function listenToMenuOptions(app: App, channel: SlackChannel): void {
  app.options(/^menu\./, async ({ payload, body, context, ack }) => {
    const menu = decodeMenuBlock(payload.block_id)
    const action = menu ? await channel.storage.ledger.find(String(context.tenantId), menu.actionId) : null
    const offered = action?.plan.kind === 'ask' ? (action.plan.answer?.menu?.options ?? []) : []
    // What may be chosen is shown only to who was asked.
    const mine = action?.userId === body.user.id ? offered : []
    const typed = fold(payload.value)
    const begins = mine.filter(({ label }) => fold(label).startsWith(typed))
    const contains = mine.filter(
      ({ label }) => fold(label).includes(typed) && !begins.some((each) => each.label === label),
    )
    await ack({ options: renderOptions([...begins, ...contains]) })
  })
}
