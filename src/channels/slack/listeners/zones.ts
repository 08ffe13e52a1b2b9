import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { zoneName } from '../../../domain/say-zone.ts'
import type { Zone } from '../../../domain/zone.ts'
import { presetNames } from '../../../permissions/index.ts'
import type { Form } from '../../../request/administration/index.ts'
import { newRow, type ZonePart, zoneParts } from '../../../request/governance/index.ts'
import type { Edition } from '../../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { limits } from '../blocks/limits.ts'
import type { SlackChannel } from '../channel.ts'
import type { HomeState } from '../views/home-state.ts'
import { calendarForm, presetForm, type ZoneChoices, zoneForm } from '../views/zone-forms.ts'
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

const titles = {
  rules: 'modal.zone.rules',
  calendar: 'modal.zone.calendar',
  remove: 'modal.zone.remove',
  preset: 'modal.zone.preset',
} as const satisfies Record<ZonePart, string>

/** Zones in Home: each form leads to a preview in words, and only that is saved. */
export function listenToZones(app: App, channel: SlackChannel): void {
  const { zones, team } = channel.governance

  async function choicesOf(tenantId: string): Promise<ZoneChoices> {
    const [groups, environments, { knowledge }] = await Promise.all([
      team.groups(tenantId),
      zones.environments(tenantId),
      channel.knowledge.snapshot(tenantId),
    ])
    const names = knowledge.services.map(({ name }) => name)
    const isIndividual = knowledge.tenant.kind === 'individual'
    return { groups, isIndividual, environments, services: names, presets: presetNames }
  }

  /** The form of a part, on a version of a zone (`null` = a new one). */
  async function formOf(
    { tenantId, userId, modals }: Sender,
    part: ZonePart,
    edition: Edition<Zone> | null,
    home: HomeState,
    note: Phrase | null = null,
  ): Promise<ModalView> {
    const row = edition ? { id: edition.value.id, version: edition.version } : newRow
    const about = { metadata: encodeMetadata({ ...row, home }), note }
    if (part === 'preset') return modals.form(presetForm(await choicesOf(tenantId), about))
    if (part === 'rules') return modals.form(zoneForm(edition?.value ?? null, await choicesOf(tenantId), about))
    if (part === 'calendar' && edition) return modals.form(calendarForm(edition.value, about))
    const previewed = await zones.preview(tenantId, userId, 'remove', {}, row)
    const notes = note ? [note] : []
    if (previewed.kind !== 'preview') return modals.notice(phrase(titles[part]), [...notes, phrase('form.gone')])
    const lines = [
      ...notes,
      phrase('modal.zone.remove.ask', { zone: zoneName(edition?.value.name ?? '') }),
      ...previewed.lines,
    ]
    const metadata = encodeMetadata({ ...row, home, draft: { part: 'remove', form: {} } })
    return modals.question('zone.save', phrase(titles.remove), lines, phrase('button.delete'), metadata)
  }

  app.action<BlockAction>(/^zone\.(entry\.|new$|presets$)/, async ({ body, action, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const { tenantId, userId, modals } = sender
    const home = stateOf(body)
    const chosen = action.type === 'overflow' ? (action as OverflowAction).selected_option.value : ''
    const isEntry = action.action_id.startsWith('zone.entry.')
    const part = isEntry
      ? zoneParts.find((each) => each === chosen && each !== 'preset')
      : action.action_id === 'zone.presets'
        ? 'preset'
        : 'rules'
    if (part) {
      const found = isEntry
        ? await zones.open(tenantId, userId, action.action_id.slice('zone.entry.'.length))
        : await zones.openNew(tenantId, userId)
      const view =
        found !== null && 'key' in found
          ? modals.notice(phrase(titles[part]), [found])
          : await formOf(sender, part, found, home)
      await openModal(channel, sender, body, view)
    }
    await ack()
  })

  const listenToForm = (part: ZonePart) =>
    app.view<ViewSubmitAction>(`zone.${part}`, async ({ body, context, ack }) => {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const { tenantId, userId, modals } = sender
      const metadata = decodeMetadata(body.view.private_metadata)
      const form = readForm(body)
      const previewed = await zones.preview(tenantId, userId, part, form, metadata ?? newRow)
      if (previewed.kind !== 'preview') {
        await answerForm(channel, sender, body, ack as AckForm, previewed, phrase(titles[part]), (now, note, home) =>
          formOf(sender, part, now, home, note),
        )
        return
      }
      const { home, id, version } = metadata ?? { home: { tab: 'permissions' as const }, ...newRow }
      const draft = encodeMetadata({ id, version, home, draft: { part, form } })
      const title = phrase('modal.zone.preview')
      const view =
        draft.length > limits.metadata
          ? modals.notice(title, [phrase('zone.tooLong')])
          : modals.question('zone.save', title, previewed.lines, phrase('button.save'), draft)
      await ack({ response_action: 'push', view })
    })
  for (const part of ['rules', 'calendar', 'preset'] as const) listenToForm(part)

  app.view<ViewSubmitAction>('zone.save', async ({ body, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const { tenantId, userId, modals } = sender
    const metadata = decodeMetadata(body.view.private_metadata)
    const part = zoneParts.find((each) => each === metadata?.draft?.part)
    const title = phrase(part ? titles[part] : 'modal.zone.preview')
    if (!metadata || !part) {
      const view = modals.notice(title, [phrase('form.gone')])
      return ack({ response_action: 'update', view })
    }
    const form: Form = metadata.draft?.form ?? {}
    const saved = await zones.save(tenantId, userId, part, form, metadata)
    // The fields stand in the modal below; what is wrong by now is said here.
    const said =
      saved.kind === 'wrong'
        ? { kind: 'refused' as const, say: Object.values(saved.errors)[0] ?? phrase('form.gone') }
        : saved
    await answerForm(
      channel,
      sender,
      body,
      ack as AckForm,
      said,
      title,
      (now, note, home) => formOf(sender, part, now, home, note),
      'clear',
    )
  })
}
