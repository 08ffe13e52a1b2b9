import type { ViewSubmitAction } from '@slack/bolt'
import { type Vendor, vendorNames } from '../../../domain/integration.ts'
import { draftVendor } from '../../../request/administration/draft-vendor.ts'
import type { Form } from '../../../request/administration/index.ts'
import { type CheckedVendor, fieldsOf } from '../../../request/administration/vendors.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { languageOf, type SlackChannel } from '../channel.ts'
import { vendorForm } from '../views/vendor-form.ts'
import { showHome } from './home.ts'
import { showAfter } from './show-after.ts'
import { showFormAgain } from './show-form-again.ts'
import { vendorLines, vendorNotice, whyNotVendor } from './test-vendor.ts'

/**
 * Asks the vendor for real, and shows in the open modal what came of it: where it failed, the form as it was filled in,
 * without its secrets.
 */
export async function connectVendor(
  channel: SlackChannel,
  to: { readonly tenantId: string; readonly userId: string },
  body: ViewSubmitAction,
  { form, checked }: { readonly form: Form; readonly checked: CheckedVendor },
  suffix: string,
): Promise<void> {
  const { tenantId, userId } = to
  const { vendor } = checked
  const language = await languageOf(channel, tenantId, userId)
  // Slack's own failures are none of the vendor's: it stays connected where that can't be shown.
  const came = await channel.vendors.connect(tenantId, userId, checked).then(
    (test) => ({ test }),
    (error: unknown) => ({ error }),
  )
  if ('test' in came) {
    const lines = vendorLines(channel, tenantId, vendor, came.test)
    await showAfter(channel, to, body, vendorNotice(vendor, lines, language))
  } else {
    const { error } = came
    channel.log.info({ err: error, tenant: tenantId, vendor }, 'a vendor was not connected')
    await showFailure(channel, to, body, { form, checked, error }, { language, suffix })
  }
  await showHome(channel, tenantId, userId, { tab: 'integrations' })
}

/** Why a vendor was not connected: what was entered just now is refused, not what worked before. */
function whyNotYet(error: unknown, vendor: Vendor): Phrase {
  const why = whyNotVendor(error)
  return why.key === 'error.vendor.credentials' ? phrase('form.vendor.refused', { name: vendorNames[vendor] }) : why
}

async function showFailure(
  channel: SlackChannel,
  to: { readonly tenantId: string; readonly userId: string },
  body: ViewSubmitAction,
  { form, checked, error }: { readonly form: Form; readonly checked: CheckedVendor; readonly error: unknown },
  reader: { readonly language: 'fr' | 'en'; readonly suffix: string },
): Promise<void> {
  const { vendor, mode, version } = checked
  const state = (await channel.vendors.list(to.tenantId)).find(({ connector }) => connector.vendor === vendor)
  if (!state) throw error
  const [name, why] = [vendorNames[vendor], whyNotYet(error, vendor)]
  const draft = draftVendor(state.connector, form, checked)
  const said = [phrase('form.vendor.failed', { name, why }), phrase('form.vendor.failed.again')]
  const shown = { known: state.integration, version, draft, said }
  const failed = {
    form: vendorForm(vendor, fieldsOf(state.connector, mode), mode, shown, reader.language),
    title: phrase('form.vendor.notConnected', { name }),
    lines: [why, phrase('form.vendor.failed.again')],
    does: { kind: 'open', surface: 'correct-vendor', draft },
    about: vendor,
  } as const
  await showFormAgain(channel, to, body, failed, reader)
}
