import { setTimeout as sleep } from 'node:timers/promises'
import type { ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import type { SlackChannel } from '../channel.ts'
import { slackCode } from '../web-api/error.ts'
import type { Sender } from './governance-form.ts'

/** Waits before the modal is looked for again (ms). */
const waits = [50, 100, 200, 400, 800, 1_600]

/** A modal that waits for its outcome, in the place of the form that was sent; `showAfter` finds it by its name. */
export const waitingView = (body: ViewSubmitAction, view: ModalView): ModalView => ({
  ...view,
  external_id: nameOf(body),
})

/**
 * Shows the outcome of a form in the modal that took the form's place. Slack may carry out this call before the answer
 * to the form, which would then cover the outcome: so the modal is addressed by a name that only the answer gave it.
 * @returns false where the person closed it: nothing is shown.
 * @param to the person, in the tenant that their workspace belongs to by now
 */
export async function showAfter(
  channel: SlackChannel,
  to: Pick<Sender, 'tenantId' | 'userId'>,
  body: ViewSubmitAction,
  view: ModalView,
): Promise<boolean> {
  for (const wait of waits) {
    if (await updateView(channel, to, { external_id: nameOf(body) }, view)) return true
    await sleep(wait)
  }
  // The answer to the form may have been lost: the form itself is then still open.
  if (await updateView(channel, to, { view_id: body.view.id }, view)) return true
  channel.log.info(
    { tenant: to.tenantId, view: body.view.callback_id },
    'a modal was closed before its outcome was known',
  )
  return false
}

/** Shows something else in a modal; false = it is closed. */
export async function updateView(
  channel: SlackChannel,
  { tenantId, userId }: Pick<Sender, 'tenantId' | 'userId'>,
  which: { readonly view_id: string } | { readonly external_id: string },
  view: ModalView,
): Promise<boolean> {
  const reached = await channel.installations.reach(tenantId, userId)
  try {
    await channel.api.call(
      reached?.installation.botToken ?? null,
      'views.update',
      { ...which, view },
      { repeat: 'always' },
    )
    return true
  } catch (error) {
    if (slackCode(error) === 'not_found') return false
    throw error
  }
}

/** Each version of a view has a hash of its own. */
const nameOf = ({ view }: ViewSubmitAction): string => `${view.id} ${view.hash}`
