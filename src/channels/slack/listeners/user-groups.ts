import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import { newRow } from '../../../request/governance/index.ts'
import { phrase } from '../../../texts/phrase.ts'
import { renderOptions } from '../blocks/render-buttons.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { followForm } from '../views/user-groups.ts'
import type { EventTable } from './events.ts'
import { type AckForm, answerForm, encodeMetadata, openModal, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm } from './read-form.ts'
import { stateOf } from './tabs.ts'

/** What Slack tells of user groups: only that something changed is taken from it, never who is in one. */
export function listenToUserGroupEvents(events: EventTable, channel: SlackChannel): void {
  const changed = async (tenantId: string) =>
    afterwards(channel, 'groups that follow user groups', () => channel.governance.follower.follow(tenantId))
  events.on('subteam_members_changed', ({ context }) => changed(String(context.tenantId)))
  events.on('subteam_updated', ({ context }) => changed(String(context.tenantId)))
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Groups that follow Slack user groups, in the Team tab. */
export function listenToUserGroups(app: App, channel: SlackChannel): void {
  const { linking, team } = channel.governance
  const title = phrase('button.follow')

  app.action<BlockAction>('team.follow', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const { tenantId, userId, modals } = sender
    const [found, groups] = await Promise.all([linking.open(tenantId, userId), team.groups(tenantId)])
    const metadata = encodeMetadata({ ...newRow, home: stateOf(body) })
    const view = 'key' in found ? modals.notice(title, [found]) : modals.form(followForm(found, groups, metadata))
    await openModal(channel, sender, body, view)
    await ack()
  })

  app.options('userGroup', async ({ payload, body, context, ack }) => {
    const found = await linking.open(String(context.tenantId), body.user.id)
    const typed = fold(payload.value)
    const all =
      'key' in found ? [] : found.map(({ id, handle, name }) => ({ label: `@${handle} · ${name}`, value: id }))
    await ack({ options: renderOptions(all.filter(({ label }) => fold(label).includes(typed))) })
  })

  app.view<ViewSubmitAction>('team.follow', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const saved = await linking.link(sender.tenantId, sender.userId, readForm(body))
    await answerForm(channel, sender, body, ack as AckForm, saved, title, () => sender.modals.notice(title, []))
  })

  app.action<BlockAction>(/^team\.followed\./, async ({ body, action, context, ack }) => {
    const group = action.action_id.slice('team.followed.'.length)
    const chosen = action.type === 'overflow' ? (action as OverflowAction).selected_option.value : ''
    if (chosen === 'unfollow') {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const { tenantId, userId, modals } = sender
      const said = await linking.unlink(tenantId, userId, group)
      await openModal(channel, sender, body, modals.notice(phrase('button.unfollow'), [said]))
      afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId, stateOf(body)))
    }
    await ack()
  })
}
