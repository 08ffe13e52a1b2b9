import type { App, BlockAction, OverflowAction, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { isVendor, type Vendor, vendorNames } from '../../../domain/integration.ts'
import type { VendorDraft, VendorForm } from '../../../domain/vendor-draft.ts'
import { suffixOf } from '../../../domain/workspace-address.ts'
import { mayConfigure } from '../../../permissions/index.ts'
import { fieldsOf, type VendorCheck } from '../../../request/administration/vendors.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { afterwards, languageOf, type SlackChannel } from '../channel.ts'
import { ForeignPayload, readPrivateMetadata } from '../foreign-payload.ts'
import { buildForm, buildNotice, withFreshFields } from '../views/form.ts'
import type { VendorAct } from '../views/home-vendors.ts'
import { vendorForm } from '../views/vendor-form.ts'
import { connectVendor } from './connect-vendor.ts'
import { showHome } from './home.ts'
import { readForm, sayErrors } from './read-form.ts'
import { waitingView } from './show-after.ts'
import { checkingVendor, showVendorTest } from './test-vendor.ts'

/** Connecting, testing, changing and disconnecting vendors, from Home and from messages. */
export function listenToVendors(app: App, channel: SlackChannel): void {
  app.action<BlockAction>(/^vendor\./, async ({ body, action, context, ack }) => {
    const control = readControl(action)
    if (control) await openSurface(channel, String(context.tenantId), body.user.id, body.trigger_id, control)
    await ack()
  })
  app.view<ViewSubmitAction>('vendor.save', async ({ body, context, ack }) => {
    const tenantId = String(context.tenantId)
    const userId = body.user.id
    const about = readMetadata(body)
    const { vendor } = about
    const language = await languageOf(channel, tenantId, userId)
    const form = readForm(body)
    const checked = await channel.vendors.check(tenantId, userId, about, form)
    if (checked.ok === 'stale') {
      const view = await staleView(channel, body, about, checked, language, context.suffix)
      await ack({ response_action: 'update', view })
      return afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, userId, { tab: 'integrations' }))
    }
    if (!checked.ok) {
      return ack({ response_action: 'errors', errors: sayErrors(checked.errors, language, body.view.blocks) })
    }
    await ack({ response_action: 'update', view: waitingView(body, checkingVendor(vendor, language)) })
    const sent = { form, checked: checked.value }
    afterwards(channel, 'a vendor’s test', () =>
      connectVendor(channel, { tenantId, userId }, body, sent, String(context.suffix ?? '')),
    )
  })
  app.view<ViewSubmitAction>('vendor.remove', async ({ body, context, ack }) => {
    const tenantId = String(context.tenantId)
    const { vendor } = readMetadata(body)
    const language = await languageOf(channel, tenantId, body.user.id)
    const refused = await channel.vendors.disconnect(tenantId, body.user.id, vendor)
    if (refused) {
      const view = buildNotice(phrase('button.disconnect'), [refused], language, 'UTC')
      return ack({ response_action: 'update', view })
    }
    await ack()
    afterwards(channel, 'the Home tab', () => showHome(channel, tenantId, body.user.id, { tab: 'integrations' }))
  })
}

interface Control {
  readonly act: VendorAct
  readonly vendor: Vendor
}

function readControl(action: BlockAction['actions'][number]): Control | null {
  const [, kind, vendor = ''] = /^vendor\.(connect|menu)\.(\w+)$/.exec(action.action_id) ?? []
  if (!isVendor(vendor)) return null
  if (kind === 'connect') return { act: 'connect', vendor }
  const act = action.type === 'overflow' ? (action as OverflowAction).selected_option.value : ''
  return act === 'test' || act === 'edit' || act === 'rotate' || act === 'remove' ? { act, vendor } : null
}

/** The form of a vendor, for a button on a message: as it stands, or as it was filled in before. */
export const openVendorForm = (
  channel: SlackChannel,
  tenantId: string,
  userId: string,
  triggerId: string,
  vendor: Vendor,
  draft?: VendorDraft,
) => openSurface(channel, tenantId, userId, triggerId, { act: draft?.mode ?? 'connect', vendor }, draft)

async function openSurface(
  channel: SlackChannel,
  tenantId: string,
  userId: string,
  triggerId: string,
  { act, vendor }: Control,
  draft?: VendorDraft,
): Promise<void> {
  const [reached, language, { member }, states] = await Promise.all([
    channel.installations.reach(tenantId, userId),
    languageOf(channel, tenantId, userId),
    channel.administration.memberOf(tenantId, userId),
    channel.vendors.list(tenantId),
  ])
  const state = states.find(({ connector }) => connector.vendor === vendor)
  if (!mayConfigure(member) || !reached || !state) return
  const { connector, integration } = state
  const open = (view: ModalView) =>
    channel.api.call(reached.installation.botToken, 'views.open', { trigger_id: triggerId, view })
  if (act !== 'connect' && !integration) {
    await open(buildNotice(phrase('home.vendors'), [phrase('form.gone')], language, 'UTC'))
  } else if (act === 'remove') {
    await open(removeForm(vendor, language))
  } else if (act === 'test') {
    await showVendorTest(channel, { tenantId, userId }, vendor, language, open)
  } else {
    // A message's button may be older than the connection: its form then changes what is there.
    const mode: VendorForm = act === 'connect' && integration ? 'edit' : act
    // What was filled in before is sent on the version that it was filled in on: nothing of others is written over.
    const version = draft?.version ?? (await channel.vendors.versionOf(tenantId, vendor))
    const shown = { known: integration, version, ...(draft && { draft }) }
    const here = { suffix: suffixOf(reached.installation) }
    await open(buildForm(vendorForm(vendor, fieldsOf(connector, mode), mode, shown, language), language, here))
  }
}

/** The form on the version of whoever was faster; it may be sent again. */
async function staleView(
  channel: SlackChannel,
  body: ViewSubmitAction,
  { vendor, mode }: About,
  { say, now }: Extract<VendorCheck, { ok: 'stale' }>,
  language: 'fr' | 'en',
  suffix: unknown,
): Promise<ModalView> {
  const states = await channel.vendors.list(now?.value.tenantId ?? '')
  const connector = states.find((each) => each.connector.vendor === vendor)?.connector
  if (!now || !connector) return buildNotice(phrase('home.vendors'), [say], language, 'UTC')
  const form: VendorForm = mode === 'connect' ? 'edit' : mode
  const shown = { known: now.value, version: now.version, said: [say] }
  const view = buildForm(vendorForm(vendor, fieldsOf(connector, form), form, shown, language), language, {
    suffix: String(suffix ?? ''),
  })
  return withFreshFields(view, body.view.blocks, 0)
}

function removeForm(vendor: Vendor, language: 'fr' | 'en'): ModalView {
  const name = vendorNames[vendor]
  const lines = [phrase('modal.vendor.remove', { name }), phrase('modal.vendor.remove.text', { name })]
  const title = phrase('button.disconnect')
  return {
    ...buildNotice(title, lines, language, 'UTC'),
    callback_id: 'vendor.remove',
    submit: { type: 'plain_text', text: plainPhrase(title, language) },
    close: { type: 'plain_text', text: plainPhrase(phrase('dialog.back'), language) },
    private_metadata: JSON.stringify({ vendor, mode: 'edit' }),
  }
}

interface About {
  readonly vendor: Vendor
  readonly mode: VendorForm
  readonly version: number
}

function readMetadata(body: ViewSubmitAction): About {
  const { vendor, mode, version } = readPrivateMetadata(body.view)
  if (typeof vendor !== 'string' || !isVendor(vendor))
    throw new ForeignPayload('a form of a vendor that does not exist')
  const opened = typeof version === 'number' ? version : 0
  return { vendor, mode: mode === 'edit' || mode === 'rotate' ? mode : 'connect', version: opened }
}
