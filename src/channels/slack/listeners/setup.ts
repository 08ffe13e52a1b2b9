import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt'
import { setupKey } from '../../../request/governance/index.ts'
import { phrase } from '../../../texts/phrase.ts'
import { renderOptions } from '../blocks/render-buttons.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { setupForm } from '../views/setup.ts'
import { type AckForm, answerForm, decodeMetadata, encodeMetadata, openModal, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm } from './read-form.ts'

/** The first visit, and the tenant's settings later on. */
export function listenToSetup(app: App, channel: SlackChannel): void {
  const { setup } = channel.governance
  const tenantOf = async (tenantId: string) => (await channel.knowledge.snapshot(tenantId)).knowledge.tenant

  app.options('timeZone', async ({ payload, ack }) => {
    const names = setup.timeZones(payload.value)
    await ack({ options: renderOptions(names.map((name) => ({ label: name.replaceAll('_', ' '), value: name }))) })
  })

  app.action<BlockAction>('setup.start', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const { tenantId, userId, modals } = sender
    const form = readForm({ view: { state: { values: body.view?.state?.values ?? {} } } })
    // The first to press decides: whoever comes later is told.
    const opened = setupKey({ ...(await tenantOf(tenantId)), setUpAt: null })
    const saved = await setup.save(tenantId, userId, form, opened)
    if (saved.kind !== 'saved') {
      const say =
        saved.kind === 'wrong'
          ? phrase('setup.wrong', { what: phrase(`setup.${Object.keys(saved.errors)[0] as 'kind'}`) })
          : saved.say
      await openModal(channel, sender, body, modals.notice(phrase('setup.title'), [say]))
    }
    await ack()
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId))
  })

  app.action<BlockAction>('setup.open', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const tenant = await tenantOf(sender.tenantId)
    const metadata = encodeMetadata({ id: setupKey(tenant), version: 0, home: { tab: 'home' } })
    await openModal(channel, sender, body, sender.modals.form(setupForm(tenant, metadata, null)))
    await ack()
  })

  app.view<ViewSubmitAction>('setup.save', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const opened = decodeMetadata(body.view.private_metadata)?.id ?? ''
    const saved = await setup.save(sender.tenantId, sender.userId, readForm(body), opened)
    await answerForm(channel, sender, body, ack as AckForm, saved, phrase('setup.settings'), (now, note, home) => {
      const metadata = encodeMetadata({ id: setupKey(now.value), version: 0, home })
      return sender.modals.form(setupForm(now.value, metadata, note))
    })
  })
}
