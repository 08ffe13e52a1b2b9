import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { lookScope } from '../../../domain/look.ts'
import { phrase } from '../../../texts/phrase.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { linkBlock } from '../views/billing.ts'
import { openModal, type Sender, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm, sayErrors } from './read-form.ts'

/** The name and the icon that NOX posts with, in the Billing tab. */
export function listenToLook(app: App, channel: SlackChannel): void {
  app.action<BlockAction>('look.open', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    await openModal(channel, sender, body, await lookForm(channel, sender))
    await ack()
  })
  app.view<ViewSubmitAction>('look.save', async ({ body, context, ack }) => {
    const { tenantId, userId } = await senderOf(channel, String(context.tenantId), body.user.id)
    const errors = await (await channel.look()).save(tenantId, userId, readForm(body))
    if (errors) {
      const language = await languageOf(channel, tenantId, userId)
      return ack({ response_action: 'errors', errors: sayErrors(errors, language) })
    }
    await ack()
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId, { tab: 'billing' }))
  })
}

/** The form; where Slack did not allow it yet, the way to allow it. */
async function lookForm(channel: SlackChannel, { tenantId, userId, modals }: Sender): Promise<ModalView> {
  const title = phrase('button.look')
  const found = await (await channel.look()).now(tenantId, userId)
  if ('key' in found) return modals.notice(title, [found])
  const installation = (await channel.installations.reach(tenantId, userId))?.installation
  if (!installation?.scopes.includes(lookScope)) {
    const { lookUrl } = channel
    if (lookUrl === null) return modals.notice(title, [phrase('look.scope.own', { scope: lookScope })])
    const notice = modals.notice(title, [phrase('look.scope')])
    // An org-wide install is chosen on Slack's own page.
    const url = installation && !installation.isOrgWide ? `${lookUrl}&team=${installation.workspaceId}` : lookUrl
    const link = linkBlock(url, await languageOf(channel, tenantId, userId), 'button.allow')
    return { ...notice, blocks: [...notice.blocks, link] as ModalView['blocks'] }
  }
  const { look } = found
  return modals.form({
    callbackId: 'look.save',
    title,
    submit: phrase('button.save'),
    metadata: '',
    intro: [phrase('look.intro')],
    fields: [
      { name: 'name', label: phrase('look.field.name'), optional: true, ...(look ? { value: look.name } : {}) },
      {
        name: 'icon',
        label: phrase('look.field.icon'),
        hint: phrase('look.field.icon.hint'),
        optional: true,
        ...(look?.icon ? { value: look.icon } : {}),
      },
    ],
  })
}
