import type { ModalView } from '@slack/types'
import type { ConnectionTest } from '../../../capabilities/connectors.ts'
import { type Vendor, vendorNames } from '../../../domain/integration.ts'
import { NoxError } from '../../../errors.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { afterwards, type SlackChannel } from '../channel.ts'
import { buildNotice } from '../views/form.ts'
import { showHome } from './home.ts'
import { updateView } from './show-after.ts'

/** A modal that only says something about a vendor. */
export const vendorNotice = (vendor: Vendor, lines: readonly Phrase[], language: 'fr' | 'en'): ModalView =>
  buildNotice(phrase('action.plain', { command: vendorNames[vendor] }), lines, language, 'UTC')

/** The modal while a vendor is asked. */
export const checkingVendor = (vendor: Vendor, language: 'fr' | 'en'): ModalView =>
  vendorNotice(vendor, [phrase('form.checking', { name: vendorNames[vendor] })], language)

/** What a connected vendor told, and where its webhooks go. */
export function vendorLines(
  channel: SlackChannel,
  tenantId: string,
  vendor: Vendor,
  { account, missing }: ConnectionTest,
): Phrase[] {
  const name = vendorNames[vendor]
  const hook = channel.vendors.hookOf(tenantId, vendor)
  return [
    phrase('form.vendor.connected', { name, account }),
    missing.length === 0
      ? phrase('form.vendor.all')
      : phrase('form.vendor.missing', { name, missing: { kind: 'list', items: missing.slice(0, 10) } }),
    ...(hook === null ? [] : [phrase('form.vendor.hook', { url: { kind: 'link', url: hook, label: hook } })]),
  ]
}

/** Why a vendor failed its test. */
export const whyNotVendor = (error: unknown): Phrase =>
  (error instanceof NoxError ? error.forPerson : undefined) ?? phrase('form.vendor.failed.plain')

/** Asks a connected vendor for real, and shows in a modal what came of it. */
export async function showVendorTest(
  channel: SlackChannel,
  who: { readonly tenantId: string; readonly userId: string },
  vendor: Vendor,
  language: 'fr' | 'en',
  open: (view: ModalView) => Promise<{ readonly view?: unknown }>,
): Promise<void> {
  const { tenantId, userId } = who
  const reply = await open(checkingVendor(vendor, language))
  const which = { view_id: (reply.view as { id?: string } | undefined)?.id ?? '' }
  afterwards(channel, 'a vendor’s test', async () => {
    const lines = await channel.vendors.test(tenantId, userId, vendor).then(
      (test) => vendorLines(channel, tenantId, vendor, test),
      (error: unknown) => {
        channel.log.info({ err: error, tenant: tenantId, vendor }, 'a vendor failed its test')
        return [phrase('form.vendor.unwell', { name: vendorNames[vendor], why: whyNotVendor(error) })]
      },
    )
    await updateView(channel, who, which, vendorNotice(vendor, lines, language))
    await showHome(channel, tenantId, userId, { tab: 'integrations' })
  })
}
