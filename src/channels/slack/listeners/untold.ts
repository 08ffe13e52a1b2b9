import type { AllMiddlewareArgs, App, BlockAction, ViewSubmitAction } from '@slack/bolt'
import { UntoldPersonError } from '../../../request/people/find-member.ts'
import { untoldLines } from '../../../request/people/refuse-stranger.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { buildNotice } from '../views/form.ts'
import type { AckForm } from './governance-form.ts'
import { placeOf } from './presses.ts'

type Interaction = BlockAction | ViewSubmitAction | { readonly type: 'block_suggestion' }

/**
 * Whoever presses, sends a form or opens a menu, and of whom Slack does not tell yet, is answered there, and it is
 * recorded; they have no right at all. What they write is refused on the road.
 */
export function answerUntold(app: App, channel: SlackChannel): void {
  app.use(async (args) => {
    try {
      await args.next()
    } catch (error) {
      const { type } = args.body as { type?: string }
      const isAnswered = type === 'block_actions' || type === 'view_submission' || type === 'block_suggestion'
      if (!(error instanceof UntoldPersonError) || !isAnswered) throw error
      await answer(channel, String(args.context.tenantId), args.body as unknown as Interaction, args)
    }
  })
}

async function answer(
  channel: SlackChannel,
  tenantId: string,
  body: Interaction,
  args: AllMiddlewareArgs,
): Promise<void> {
  const { ack } = args as unknown as { ack: (response?: unknown) => Promise<void> }
  // What is typed into a menu is no attempt at anything.
  if (body.type === 'block_suggestion') return ack({ options: [] })
  const attempt = { command: 'unknown', rule: 'slack.silent' }
  await channel.governance.guard.refuse(tenantId, body.user.id, attempt, untoldLines[0])
  if (body.type === 'view_submission') return answerForm(channel, tenantId, body, ack)
  await ack()
  afterwards(channel, 'a refusal to someone of whom Slack does not tell', () => tell(channel, tenantId, body))
}

/** The form stays, to be sent again; one without a field gives its place to the sentence. */
async function answerForm(channel: SlackChannel, tenantId: string, body: ViewSubmitAction, ack: AckForm) {
  const language = await languageOf(channel, tenantId, body.user.id)
  const field = body.view.blocks.find(({ type, block_id: id }) => type === 'input' && id !== undefined)?.block_id
  if (field === undefined) return ack({ response_action: 'update', view: await notice(channel, tenantId, language) })
  const said = untoldLines.map((line) => plainPhrase(line, language)).join(' ')
  await ack({ response_action: 'errors', errors: { [field]: said } })
}

/** In the thread of the message; in Home and in a modal by another modal, else by a direct message. */
async function tell(channel: SlackChannel, tenantId: string, body: BlockAction): Promise<void> {
  const { id: userId } = body.user
  const language = await languageOf(channel, tenantId, userId)
  const [title, next] = untoldLines
  const whisper = async () => {
    const frame = { tenantId, place: await placeOf(channel, tenantId, body), language }
    await channel.messenger.whisper(frame, userId, { kind: 'refusal', title, lines: [next], ephemeral: true })
  }
  if (!body.view) return whisper()
  try {
    const reached = await channel.installations.reach(tenantId, userId)
    const args = { trigger_id: body.trigger_id, view: await notice(channel, tenantId, language) }
    const method = body.view.type === 'modal' ? 'views.push' : 'views.open'
    await channel.api.call(reached?.installation.botToken ?? null, method, args)
  } catch (error) {
    channel.log.info({ err: error, tenant: tenantId }, 'a modal could not be opened; its words go by direct message')
    await whisper()
  }
}

async function notice(channel: SlackChannel, tenantId: string, language: 'fr' | 'en') {
  const { tenant } = (await channel.knowledge.snapshot(tenantId)).knowledge
  return buildNotice(phrase('untold.title'), untoldLines, language, tenant.timeZone)
}
