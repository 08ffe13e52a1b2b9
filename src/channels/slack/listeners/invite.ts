import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import { newRow } from '../../../request/governance/index.ts'
import { phrase } from '../../../texts/phrase.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { isColleague } from '../is-colleague.ts'
import { inviteForm } from '../views/team-forms.ts'
import { type AckForm, answerForm, decodeMetadata, encodeMetadata, openModal, senderOf } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm } from './read-form.ts'
import { stateOf } from './tabs.ts'

/** Inviting people of the workspace, from the Team tab. */
export function listenToInvitations(app: App, channel: SlackChannel): void {
  const { invitations, team } = channel.governance
  const title = phrase('button.invite')

  /** @param memberId who was removed and is to come back; `null` = the form asks who comes */
  async function open(body: BlockAction, tenant: string, memberId: string | null): Promise<void> {
    const sender = await senderOf(channel, tenant, body.user.id)
    const { tenantId, userId, modals } = sender
    const [refused, groups, known] = await Promise.all([
      invitations.open(tenantId, userId),
      team.groups(tenantId),
      memberId === null ? null : channel.storage.members.find(tenantId, memberId),
    ])
    const back = known?.removedAt === undefined ? null : known
    const why = refused ?? (memberId !== null && !back ? phrase('form.gone') : null)
    const metadata = encodeMetadata({ ...newRow, id: back?.slackUserId ?? '', home: stateOf(body) })
    const { kind } = (await channel.knowledge.snapshot(tenantId)).knowledge.tenant
    const isIndividual = kind === 'individual'
    const byMail = channel.governance.byMail ? { example: await exampleFor(channel, tenantId) } : null
    const view = why
      ? modals.notice(title, [why])
      : modals.form(inviteForm(isIndividual ? 'guest' : 'member', groups, metadata, byMail, isIndividual, back))
    await openModal(channel, sender, body, view)
  }

  app.action<BlockAction>('team.invite', async ({ body, context, ack }) => {
    await open(body, String(context.tenantId), null)
    await ack()
  })

  app.action<BlockAction>(/^team\.return\./, async ({ body, action, context, ack }) => {
    await open(body, String(context.tenantId), action.action_id.slice('team.return.'.length))
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
    const back = decodeMetadata(body.view.private_metadata)?.id ?? ''
    const form = back === '' ? readForm(body) : { ...readForm(body), people: [back], emails: [] }
    const invited = await invitations.invite(tenantId, userId, form, belongs)
    // A form about one person has no field for people that could bear what is wrong with them.
    const why = back !== '' && invited.kind === 'wrong' ? invited.errors.people : undefined
    const saved = why ? ({ kind: 'refused', say: why } as const) : invited
    await answerForm(channel, sender, body, ack as AckForm, saved, title, () => modals.notice(title, []))
  })
}

/** With the domain of the newest open invitation: most people of a company share one. */
async function exampleFor(channel: SlackChannel, tenantId: string): Promise<string> {
  const newest = (await channel.governance.byMail?.list(tenantId))?.at(-1)
  const domain = newest?.email.split('@')[1] ?? 'example.com'
  return `jean@${domain}, anna@${domain}`
}
