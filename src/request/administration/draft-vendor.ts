import type { Connector } from '../../capabilities/connectors.ts'
import { hideSecrets } from '../../domain/secret-shapes.ts'
import type { VendorDraft } from '../../domain/vendor-draft.ts'
import { fieldsOf } from './check-vendor.ts'
import { type Form, textOf } from './form.ts'
import type { CheckedVendor } from './vendors.ts'

/** Shorter than this a secret is found in any text; it is then compared with the whole of it. */
const tellingSecret = 8

/**
 * What was entered for a vendor and may be shown again: never a secret, whichever field it was pasted into.
 * @param form as it was sent, which `checked` came of
 */
export function draftVendor(connector: Connector, form: Form, checked: CheckedVendor): VendorDraft {
  const { vendor, mode, version, settings, secrets } = checked
  const shown = fieldsOf(connector, mode)
  const holdsOne = holdsSecret(Object.values(secrets))
  const isSecret = ({ name, kind }: (typeof shown)[number]) => kind === 'secret' || holdsOne(settings[name] ?? '')
  const kept = shown.filter((spec) => !isSecret(spec) && settings[spec.name] !== undefined)
  const lost = shown.filter((spec) =>
    spec.kind === 'secret' ? textOf(form, spec.name) !== '' : settings[spec.name] !== undefined && isSecret(spec),
  )
  return {
    vendor,
    mode,
    version,
    fields: Object.fromEntries(kept.map(({ name }) => [name, settings[name] ?? ''])),
    again: lost.map(({ name }) => name),
  }
}

/** Whether a text holds one of these secrets, a line of one, or anything that looks like one. */
function holdsSecret(secrets: readonly string[]): (text: string) => boolean {
  const lines = secrets.flatMap((secret) => [secret, ...secret.split('\n')]).map((line) => line.trim())
  const telling = lines.filter((line) => line.length >= tellingSecret)
  return (text) =>
    lines.includes(text) ||
    telling.some((line) => text.includes(line)) ||
    hideSecrets(text) !== text ||
    [...text.matchAll(/\w+:\/\/\S+/g)].some(([address]) => opensByItself(address))
}

/** An address with credentials in it. */
function opensByItself(address: string): boolean {
  const url = URL.parse(address)
  if (url === null) return /@/.test(address)
  return url.username !== '' || url.password !== '' || /token|key|secret|sig|pass|auth/i.test(url.search + url.hash)
}
