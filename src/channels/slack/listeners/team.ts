import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import type { Member } from '../../../domain/member.ts'
import { dayKey } from '../../../permissions/index.ts'
import { type MemberPart, memberParts, newRow } from '../../../request/governance/index.ts'
import type { Edition } from '../../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { SlackChannel } from '../channel.ts'
import type { HomeState } from '../views/home-state.ts'
import { memberForm } from '../views/team-forms.ts'
import {
  type AckForm,
  answerForm,
  decodeMetadata,
  encodeMetadata,
  openModal,
  type Sender,
  senderOf,
} from './governance-form.ts'
import { readForm } from './read-form.ts'
import { stateOf } from './tabs.ts'

/** The ⋯ of a member in Home, and the forms that it opens. */
export function listenToTeam(app: App, channel: SlackChannel): void {
  const { team } = channel.governance

  async function modalOf(
    { tenantId, modals }: Sender,
    act: MemberPart | 'remove',
    { value: member, version }: Edition<Member>,
    home: HomeState,
    note: Phrase | null = null,
  ): Promise<ModalView> {
    const metadata = encodeMetadata({ id: member.id, version, home })
    if (act !== 'remove') {
      const { timeZone } = (await channel.knowledge.snapshot(tenantId)).knowledge.tenant
      const until = member.until === undefined ? '' : dayKey(member.until - 1, timeZone)
      return modals.form(memberForm(act, member, await team.groups(tenantId), metadata, note, until))
    }
    const lines = [
      ...(note ? [note] : []),
      phrase('modal.remove.title', { name: member.name }),
      phrase('team.remove.text'),
    ]
    const verb = phrase('button.remove')
    return modals.question('team.remove', verb, lines, verb, metadata)
  }

  app.action<BlockAction>(/^team\.member\./, async ({ body, action, context, ack }) => {
    const memberId = action.action_id.slice('team.member.'.length)
    const chosen = action.type === 'overflow' ? (action as OverflowAction).selected_option.value : ''
    const act = [...memberParts, 'remove' as const].find((each) => each === chosen)
    if (act) {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const edition = await team.open(sender.tenantId, sender.userId, memberId)
      const view =
        'key' in edition
          ? sender.modals.notice(phrase(`button.${act}`), [edition])
          : await modalOf(sender, act, edition, stateOf(body))
      await openModal(channel, sender, body, view)
    }
    await ack()
  })

  const listenTo = (act: MemberPart | 'remove') =>
    app.view<ViewSubmitAction>(`team.${act}`, async ({ body, context, ack }) => {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const { tenantId, userId } = sender
      const row = decodeMetadata(body.view.private_metadata) ?? newRow
      const saved =
        act === 'remove'
          ? await team.remove(tenantId, userId, row)
          : await team.save(tenantId, userId, act, readForm(body), row)
      await answerForm(channel, sender, body, ack as AckForm, saved, phrase(`button.${act}`), (now, note, home) =>
        modalOf(sender, act, now, home, note),
      )
    })
  for (const act of [...memberParts, 'remove'] as const) listenTo(act)
}
