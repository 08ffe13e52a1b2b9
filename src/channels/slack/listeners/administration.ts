import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import type { ClusterDraft } from '../../../domain/cluster-draft.ts'
import { suffixOf } from '../../../domain/workspace-address.ts'
import { mayConfigure } from '../../../permissions/index.ts'
import { draftCluster } from '../../../request/administration/draft-cluster.ts'
import type { Checked, Form, Removable } from '../../../request/administration/index.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { ForeignPayload, readPrivateMetadata } from '../foreign-payload.ts'
import { backupForm, clusterForm, serviceForm } from '../views/administration-forms.ts'
import { buildForm, buildNotice, withFreshFields } from '../views/form.ts'
import { connectCluster } from './connect-cluster.ts'
import type { AckForm } from './governance-form.ts'
import { showHome } from './home.ts'
import { readForm, sayErrors } from './read-form.ts'
import { waitingView } from './show-after.ts'
import { showClusterTest } from './test-cluster.ts'

/** What admins set up in Home: clusters, the service catalogue, backups. */
export function listenToAdministration(app: App, channel: SlackChannel): void {
  app.action<BlockAction>(/^admin\./, async ({ body, action, context, ack }) => {
    const about = readControl(action)
    if (about) await openSurface(channel, String(context.tenantId), body.user.id, body.trigger_id, about)
    await ack()
  })
  app.view<ViewSubmitAction>('admin.cluster', async ({ body, context, ack }) => {
    const tenantId = String(context.tenantId)
    const language = await languageOf(channel, tenantId, body.user.id)
    const id = editedId(body)
    const form = readForm(body)
    const checked = await channel.administration.checkCluster(tenantId, body.user.id, form, id)
    if (!checked.ok) {
      return ack({ response_action: 'errors', errors: sayErrors(checked.errors, language, body.view.blocks) })
    }
    const { name } = checked.value.cluster
    const title = phrase('modal.cluster.title')
    await ack({
      response_action: 'update',
      view: waitingView(body, buildNotice(title, [phrase('form.checking', { name })], language, 'UTC')),
    })
    const draft = draftCluster(form, id)
    const suffix = String(context.suffix ?? '')
    afterwards(channel, 'a connection test', () => connectCluster(channel, body, checked.value, draft, suffix))
  })
  app.view<ViewSubmitAction>('admin.service', ({ body, context, ack }) =>
    save(channel, body, String(context.tenantId), ack, channel.administration.saveService),
  )
  app.view<ViewSubmitAction>('admin.backup', ({ body, context, ack }) =>
    save(channel, body, String(context.tenantId), ack, channel.administration.saveBackup),
  )
  app.view<ViewSubmitAction>('admin.remove', async ({ body, context, ack }) => {
    const tenantId = String(context.tenantId)
    const { what, id } = readPrivateMetadata(body.view)
    if (!isRemovable(what) || typeof id !== 'string') throw new ForeignPayload('nothing of ours is removed by that')
    const language = await languageOf(channel, tenantId, body.user.id)
    const refused = await channel.administration.remove(tenantId, body.user.id, what, id)
    if (refused) {
      const view = buildNotice(phrase('button.remove'), [refused], language, 'UTC')
      return ack({ response_action: 'update', view })
    }
    await ack()
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, body.user.id, { tab: 'integrations' }))
  })
}

interface Control {
  readonly what: Removable
  readonly act: 'add' | 'test' | 'edit' | 'remove'
  readonly id: string | null
}

function readControl(action: BlockAction['actions'][number]): Control | null {
  const add = /^admin\.add\.(cluster|service|backup)$/.exec(action.action_id)
  if (add) return { what: add[1] as Removable, act: 'add', id: null }
  const entry = /^admin\.(cluster|service|backup)\.([\w-]+)$/.exec(action.action_id)
  if (!entry || action.type !== 'overflow') return null
  const act = (action as OverflowAction).selected_option.value
  const what = entry[1] as Removable
  const isKnown = act === 'edit' || act === 'remove' || (act === 'test' && what === 'cluster')
  return isKnown ? { what, act, id: entry[2] ?? null } : null
}

/** The form of a cluster, for a button on a message: empty, or as it was filled in before. */
export const openClusterForm = (
  channel: SlackChannel,
  tenantId: string,
  userId: string,
  triggerId: string,
  draft?: ClusterDraft,
) => {
  const id = draft?.id ?? null
  const act = id === null ? 'add' : 'edit'
  return openSurface(channel, tenantId, userId, triggerId, { what: 'cluster', act, id }, draft)
}

async function openSurface(
  channel: SlackChannel,
  tenantId: string,
  userId: string,
  triggerId: string,
  control: Control,
  draft?: ClusterDraft,
): Promise<void> {
  const [reached, language, { member }, { knowledge }] = await Promise.all([
    channel.installations.reach(tenantId, userId),
    languageOf(channel, tenantId, userId),
    channel.administration.memberOf(tenantId, userId),
    channel.knowledge.snapshot(tenantId),
  ])
  if (!mayConfigure(member) || !reached) return
  const { clusters, services, backupTargets } = knowledge
  const { what, act, id } = control
  const known = (things: readonly { readonly id: string; readonly name: string }[]) =>
    things.find((each) => each.id === id)
  const entry = known({ cluster: clusters, service: services, backup: backupTargets }[what])
  let view: ModalView
  if (act === 'test' && entry) {
    const open = (first: ModalView) =>
      channel.api.call(reached.installation.botToken, 'views.open', { trigger_id: triggerId, view: first })
    return showClusterTest(channel, { tenantId, userId }, entry, language, open)
  }
  if (id !== null && !entry) view = buildNotice(phrase('button.edit'), [phrase('form.gone')], language, 'UTC')
  else if (act === 'remove' && entry) view = removeForm(what, entry, language)
  else if (what === 'cluster') {
    const suffix = suffixOf(reached.installation)
    view = buildForm(clusterForm(clusters.find((each) => each.id === id) ?? null, draft), language, { suffix })
  } else if (what === 'service') {
    view = buildForm(serviceForm(clusters, services.find((each) => each.id === id) ?? null), language)
  } else view = buildForm(backupForm(clusters, backupTargets.find((each) => each.id === id) ?? null), language)
  await channel.api.call(reached.installation.botToken, 'views.open', { trigger_id: triggerId, view })
}

function removeForm(
  what: Removable,
  entry: { readonly id: string; readonly name: string },
  language: 'fr' | 'en',
): ModalView {
  const lines = [phrase('modal.remove.title', { name: entry.name }), phrase('modal.remove.text')]
  const notice = buildNotice(phrase('button.remove'), lines, language, 'UTC')
  const submit = { type: 'plain_text', text: plainPhrase(phrase('button.remove'), language) } as const
  return {
    ...notice,
    callback_id: 'admin.remove',
    submit,
    close: { type: 'plain_text', text: plainPhrase(phrase('dialog.back'), language) },
    private_metadata: JSON.stringify({ what, id: entry.id }),
  }
}

type SaveForm = (
  tenantId: string,
  userId: string,
  form: Form,
  id: string | null,
  agreed: string | null,
) => Promise<Checked<null>>

async function save(
  channel: SlackChannel,
  body: ViewSubmitAction,
  tenantId: string,
  ack: AckForm,
  store: SaveForm,
): Promise<void> {
  const [form, id] = [readForm(body), editedId(body)]
  const { agreed } = readPrivateMetadata(body.view)
  const saved = await store(tenantId, body.user.id, form, id, typeof agreed === 'string' ? agreed : null)
  if (!saved.ok) {
    const language = await languageOf(channel, tenantId, body.user.id)
    if (!saved.question) {
      return ack({ response_action: 'errors', errors: sayErrors(saved.errors, language, body.view.blocks) })
    }
    const { clusters, services } = (await channel.knowledge.snapshot(tenantId)).knowledge
    const known = services.find((each) => each.id === id) ?? null
    const view = buildForm(serviceForm(clusters, known, { typed: form, ...saved.question }), language)
    return ack({ response_action: 'update', view: withFreshFields(view, body.view.blocks, 0) })
  }
  await ack()
  afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, body.user.id, { tab: 'integrations' }))
}

const isRemovable = (what: unknown): what is Removable => what === 'cluster' || what === 'service' || what === 'backup'

function editedId(body: ViewSubmitAction): string | null {
  const { id = null } = readPrivateMetadata(body.view)
  if (id !== null && typeof id !== 'string') throw new ForeignPayload('nothing of ours is edited by that')
  return id
}
