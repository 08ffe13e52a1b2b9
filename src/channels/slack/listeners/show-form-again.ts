import type { ViewSubmitAction } from '@slack/bolt'
import type { ButtonEffect } from '../../../domain/answer.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { SlackChannel } from '../channel.ts'
import { buildForm, type FormView, withFreshFields } from '../views/form.ts'
import { showAfter } from './show-after.ts'

/** A form that failed its test. */
export interface FailedForm {
  /** As it was filled in, without its secrets. */
  readonly form: FormView
  /** What is told to who closed it meanwhile. */
  readonly title: Phrase
  readonly lines: readonly Phrase[]
  /** Opens it from there. */
  readonly does: ButtonEffect
  /** What it is about: `cluster`. */
  readonly about: string
}

/**
 * Shows a form that failed its test in the open modal, to be corrected. Who closed the modal meanwhile, or to whom Slack
 * does not show it, gets the form by a button in their own messages with NOX.
 * @param suffix what the ids of the reader's workspace end with in its tenant
 */
export async function showFormAgain(
  channel: SlackChannel,
  to: { readonly tenantId: string; readonly userId: string },
  body: ViewSubmitAction,
  { form, title, lines, does, about }: FailedForm,
  { language, suffix }: { readonly language: 'fr' | 'en'; readonly suffix: string },
): Promise<void> {
  const view = withFreshFields(buildForm(form, language, { suffix }), body.view.blocks, 0)
  const { tenantId, userId } = to
  const isShown = await showAfter(channel, to, body, view).catch((error: unknown) => {
    channel.log.warn({ err: error, tenant: tenantId }, 'a form could not be shown again')
    return false
  })
  if (isShown) return
  const conversationId = await channel.messenger.conversationWith(tenantId, userId)
  const place = { channel: 'slack', conversationId, threadTs: null, kind: 'direct' } as const
  const buttons = [{ label: phrase('button.correct'), does, style: 'primary' }] as const
  const answer = { kind: 'outcome', title, lines, buttons } as const
  await channel.messenger.post({ tenantId, place, language }, answer, `${about} ${body.view.id}`)
}
