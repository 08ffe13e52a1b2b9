import type { App, BlockAction } from '@slack/bolt'
import { phrase } from '../../../texts/phrase.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { isForeign } from '../is-outsider.ts'
import { placeOf } from './presses.ts'

/** What every press, form, menu and shortcut says of its sender. */
interface Interaction {
  readonly type?: string
  readonly user?: { readonly id?: string; readonly team_id?: string }
}

/**
 * Slack lets people of another company press what NOX wrote into a shared channel. Nothing of it reaches a listener:
 * they are told so, and it is recorded. What they write is refused on the road.
 */
export function refuseOutsiders(app: App, channel: SlackChannel): void {
  app.use(async (args) => {
    const { body, context, next } = args
    const { type, user } = body as Interaction
    const tenantId = String(context.tenantId)
    const isInteraction = type !== undefined && user?.id !== undefined && !('event' in args)
    if (!isInteraction || !(await isForeign(channel, tenantId, user.id, user.team_id))) return next()
    const { ack } = args as unknown as { ack: (response?: { options: readonly never[] }) => Promise<void> }
    if (type === 'block_suggestion') return ack({ options: [] })
    if (type === 'block_actions' && isOnlyLinks(body as BlockAction)) return ack()
    await refuse(channel, tenantId, user.id, type === 'block_actions' ? (body as BlockAction) : null)
    await ack()
  })
}

/** A link opens in the browser; its press carries nothing. */
const isOnlyLinks = ({ actions }: BlockAction): boolean => actions.every(({ action_id: id }) => id.startsWith('link.'))

async function refuse(
  channel: SlackChannel,
  tenantId: string,
  userId: string,
  press: BlockAction | null,
): Promise<void> {
  const { tenant } = (await channel.knowledge.snapshot(tenantId)).knowledge
  const say = phrase('refused.outside', { tenant: tenant.name })
  await channel.governance.guard.refuse(tenantId, userId, { command: 'unknown', rule: 'outsider' }, say)
  if (!press?.channel) return
  afterwards(channel, 'a refusal to someone of another company', async () => {
    const frame = { tenantId, place: await placeOf(channel, tenantId, press), language: tenant.language }
    await channel.messenger.whisper(frame, userId, { kind: 'refusal', title: say, ephemeral: true })
  })
}
