import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { type AlertSettings, type AlertSource, alertSourceNames } from '../../../domain/alert.ts'
import { type AlertPart, alertParts, hookSources } from '../../../request/alerts/forms.ts'
import { newRow } from '../../../request/governance/index.ts'
import type { Edition } from '../../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import type { HomeState } from '../views/home-state.ts'
import {
  type AckForm,
  answerForm,
  decodeMetadata,
  encodeMetadata,
  openModal,
  type Sender,
  senderOf,
} from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm } from './read-form.ts'
import { updateView } from './show-after.ts'
import { stateOf } from './tabs.ts'

const titles = {
  route: 'modal.alert.route',
  rota: 'modal.alert.rota',
  quiet: 'modal.alert.quiet',
  mine: 'modal.alert.mine',
} as const

/** The Alerts tab: routes, rotas, quiet hours, addresses, and what a person wants to be told. */
export function listenToAlerts(app: App, channel: SlackChannel): void {
  const administration = () => channel.alerts()

  async function formOf(
    { userId, modals }: Sender,
    part: AlertPart,
    id: string,
    { value: settings, version }: Edition<AlertSettings>,
    home: HomeState,
    note: Phrase | null = null,
  ): Promise<ModalView> {
    const { quietForm, rotaForm, routeForm, subscriptionForm } = await import('../views/alert-forms.ts')
    const metadata = encodeMetadata({ id, version, home })
    const intro = note ? [note] : []
    switch (part) {
      case 'route':
        return modals.form(
          routeForm(
            settings.routes.find((each) => each.id === id),
            settings,
            metadata,
            intro,
          ),
        )
      case 'rota':
        return modals.form(rotaForm(id, settings, metadata, intro))
      case 'quiet':
        return modals.form(quietForm(settings, metadata, intro))
      case 'mine':
        return modals.form(subscriptionForm(userId, settings, metadata, intro))
    }
  }

  app.action<BlockAction>(/^alerts\.(add|edit|mine|route|rota)\b/, async ({ body, action, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const settings = await channel.storage.alertSettings.read(sender.tenantId)
    const control = readControl(action, settings.value)
    const home = stateOf(body)
    if (control?.act === 'edit') {
      await openModal(channel, sender, body, await formOf(sender, control.part, control.id, settings, home))
    } else if (control?.act === 'remove') {
      const metadata = encodeMetadata({ id: control.id, version: settings.version, home })
      const told = phrase(control.part === 'rota' ? 'alerts.remove.rota' : 'alerts.remove.route')
      const lines = [phrase('modal.remove.title', { name: control.name }), told]
      const verb = phrase('button.remove')
      const view = sender.modals.question(`alerts.remove.${control.part}`, verb, lines, verb, metadata)
      await openModal(channel, sender, body, view)
    } else if (control?.act === 'test') {
      const title = phrase('button.alert.test')
      const viewId = await openModal(channel, sender, body, sender.modals.notice(title, [phrase('alert.test.going')]))
      afterwards(channel, 'the test of a route', async () => {
        const said = await (await administration()).test(sender.tenantId, sender.userId, control.id)
        await updateView(channel, sender, { view_id: viewId }, sender.modals.notice(title, said))
      })
    }
    await ack()
  })

  for (const part of alertParts) {
    app.view<ViewSubmitAction>(`alerts.${part}`, async ({ body, context, ack }) => {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const row = decodeMetadata(body.view.private_metadata) ?? newRow
      const saved = await (await administration()).save(sender.tenantId, sender.userId, part, readForm(body), row)
      await answerForm(channel, sender, body, ack as AckForm, saved, phrase(titles[part]), (now, note, home) =>
        formOf(sender, part, row.id, now, home, note),
      )
    })
  }
  for (const part of ['route', 'rota'] as const) {
    app.view<ViewSubmitAction>(`alerts.remove.${part}`, async ({ body, context, ack }) => {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const row = decodeMetadata(body.view.private_metadata) ?? newRow
      const removed = await (await administration()).remove(sender.tenantId, sender.userId, part, row)
      await answerForm(channel, sender, body, ack as AckForm, removed, phrase('button.remove'), (now, note, home) =>
        formOf(sender, part, row.id, now, home, note),
      )
    })
  }
  listenToAddresses(app, channel)
}

type Control =
  | { readonly act: 'edit'; readonly part: AlertPart; readonly id: string }
  | { readonly act: 'remove'; readonly part: 'route' | 'rota'; readonly id: string; readonly name: string }
  | { readonly act: 'test'; readonly id: string }

function readControl(action: BlockAction['actions'][number], { routes, rotas }: AlertSettings): Control | null {
  const [, kind = '', rest = ''] = action.action_id.split('.')
  if (kind === 'mine') return { act: 'edit', part: 'mine', id: '' }
  if (kind === 'edit' && rest === 'quiet') return { act: 'edit', part: 'quiet', id: '' }
  if (kind === 'add' && (rest === 'route' || rest === 'rota')) return { act: 'edit', part: rest, id: '' }
  if (action.type !== 'overflow' || (kind !== 'route' && kind !== 'rota')) return null
  const chosen = (action as OverflowAction).selected_option.value
  const route = routes.find(({ id }) => id === rest)
  const rota = rotas[Number(rest)]
  const [id, name] = kind === 'route' ? [route?.id, route?.name] : [rota?.group, rota?.group]
  if (id === undefined || name === undefined) return null
  if (chosen === 'test' && kind === 'route') return { act: 'test', id }
  if (chosen === 'edit') return { act: 'edit', part: kind, id }
  return chosen === 'remove' ? { act: 'remove', part: kind, id, name } : null
}

/** The button of a dialog about an address, and what it says. */
const addressWords = {
  new: ['button.alert.address', 'alerts.address.new'],
  renew: ['button.alert.renew', 'alerts.address.renew'],
  close: ['button.alert.close', 'alerts.address.close'],
} as const

/** Addresses that alerts come in at: made, renewed, closed; each is shown once, to whoever made it. */
function listenToAddresses(app: App, channel: SlackChannel): void {
  const sourceOf = (text: string): AlertSource | undefined => hookSources.find((each) => each === text)

  app.action<BlockAction>(/^alerts\.(hook|source)\./, async ({ body, action, context, ack }) => {
    const sender = await senderOf(channel, String(context.tenantId), body.user.id)
    const [, kind, name = ''] = action.action_id.split('.')
    const source = sourceOf(name)
    const chosen = action.type === 'overflow' ? (action as OverflowAction).selected_option.value : 'renew'
    if (source && (kind === 'hook' || chosen === 'renew' || chosen === 'close')) {
      const act = kind === 'source' && chosen === 'close' ? 'close' : 'make'
      const [label, text] = addressWords[act === 'close' ? 'close' : kind === 'hook' ? 'new' : 'renew']
      const verb = phrase(label)
      const about = phrase(text, { name: alertSourceNames[source] })
      const metadata = encodeMetadata({ id: source, version: 0, home: stateOf(body) })
      await openModal(
        channel,
        sender,
        body,
        sender.modals.question(`alerts.address.${act}`, verb, [about], verb, metadata),
      )
    }
    await ack()
  })
  for (const act of ['make', 'close'] as const) {
    app.view<ViewSubmitAction>(`alerts.address.${act}`, async ({ body, context, ack }) => {
      const sender = await senderOf(channel, String(context.tenantId), body.user.id)
      const { tenantId, userId, modals } = sender
      const metadata = decodeMetadata(body.view.private_metadata)
      const source = sourceOf(metadata?.id ?? '')
      const title = phrase('button.alert.address')
      if (!metadata || !source) {
        return ack({ response_action: 'update', view: modals.notice(title, [phrase('form.gone')]) })
      }
      const administration = await channel.alerts()
      const redraw = () => afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId, metadata.home))
      if (act === 'close') {
        const refused = await administration.closeHook(tenantId, userId, source)
        if (refused) return ack({ response_action: 'update', view: modals.notice(title, [refused]) })
        redraw()
        return ack()
      }
      const made = await administration.makeHook(tenantId, userId, source)
      redraw()
      const lines = 'refused' in made ? [made.refused] : linesOf(source, made.url)
      return ack({ response_action: 'update', view: modals.notice(title, lines) })
    })
  }
}

/** The address with what to do with it at its source. */
const linesOf = (source: AlertSource, url: string): readonly Phrase[] => [
  phrase('alerts.address.made', { url }),
  phrase(`alerts.address.how.${source as 'grafana'}`),
  phrase('alerts.address.once'),
]
