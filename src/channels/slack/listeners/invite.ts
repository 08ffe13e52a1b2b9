import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import { newRow } from '../../../request/governance/index.ts'
import { phrase } from '../../../texts/phrase.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { isColleague } from '../is-colleague.ts'
import { inviteForm } from '../views/team-forms.ts'
import { type AckForm, answerForm, encodeMetadata, openModal, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm } from './read-form.ts'
import { stateOf } from './tabs.ts'

/** Inviting people of the workspace, from the Team tab. */
export function listenToInvitations(app: App, channel: SlackChannel): void {
  const { invitations, team } = channel.governance
  const title = phrase('button.invite')

  app.action<BlockAction>('team.invite', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const { tenantId, userId, modals } = sender
    const [refused, groups] = await Promise.all([invitations.open(tenantId, userId), team.groups(tenantId)])
    const metadata = encodeMetadata({ ...newRow, home: stateOf(body) })
    const { tenant } = (await channel.knowledge.snapshot(tenantId)).knowledge
    const isIndividual = tenant.kind === 'individual'
    const byMail = channel.governance.byMail ? { example: await exampleFor(channel, tenantId) } : null
    const view = refused
      ? modals.notice(title, [refused])
      : modals.form(inviteForm(isIndividual ? 'guest' : 'member', groups, metadata, byMail, isIndividual))
    await openModal(channel, sender, body, view)
    await ack()
  })

  app.action<BlockAction>(/^team\.invitation\./, async ({ body, action, context, ack }) => {
    const id = action.action_id.slice('team.invitation.'.length)
    const chosen = action.type === 'overflow' ? (action as OverflowAction).selected_option.value : ''
    const { byMail } = channel.governance
    if (byMail && (chosen === 'resend' || chosen === 'revoke')) {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const { tenantId, userId, modals } = sender
      const said = await byMail[chosen](tenantId, userId, id)
      await openModal(channel, sender, body, modals.notice(phrase(`button.${chosen}`), [said]))
      afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId, stateOf(body)))
    }
    await ack()
  })

  app.view<ViewSubmitAction>('team.invite', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const { tenantId, userId, modals } = sender
    const belongs = (id: string) => isColleague(channel, tenantId, id)
    const saved = await invitations.invite(tenantId, userId, readForm(body), belongs)
    await answerForm(channel, sender, body, ack as AckForm, saved, title, () => modals.notice(title, []))
  })
}

/** With the domain of the newest open invitation: most people of a company share one. */
async function exampleFor(channel: SlackChannel, tenantId: string): Promise<string> {
  const newest = (await channel.governance.byMail?.list(tenantId))?.at(-1)
  const domain = newest?.email.split('@')[1] ?? 'example.com'
  return `jean@${domain}, anna@${domain}`
}
