import type { Connection, Connector, SettingSpec } from '../../capabilities/connectors.ts'
import type { VendorForm } from '../../domain/vendor-draft.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Checked, type Form, failed, isPlainUrl, listOf, problems, textOf } from './form.ts'
import { rowProblems, rowsIn } from './setting-rows.ts'

/** What an admin entered for a vendor, secrets apart from the rest. */
export interface VendorValues {
  readonly settings: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

/** The fields that a form shows: all of them, or what is secret. */
export const fieldsOf = (connector: Connector, mode: VendorForm): readonly SettingSpec[] =>
  mode === 'rotate' ? connector.settings.filter(({ kind }) => kind === 'secret') : connector.settings

/**
 * Reads the form of a vendor. A secret that was left empty stays as it is, unless an address changed: nothing that was
 * given for one place is ever sent to another.
 * @param known what is connected now, else `null`
 */
export function checkVendor(
  connector: Connector,
  form: Form,
  mode: VendorForm,
  known: Connection | null,
): Checked<VendorValues> {
  const settings: Record<string, string> = {}
  const secrets: Record<string, string> = {}
  const shown = fieldsOf(connector, mode)
  for (const spec of connector.settings) {
    const isSecret = spec.kind === 'secret'
    const before = isSecret ? known?.secrets[spec.name] : known?.integration.settings[spec.name]
    const typed = shown.includes(spec) ? typedIn(form, spec) : undefined
    const value = typed === undefined || (isSecret && typed === '') ? before : typed
    if (value !== undefined && value !== '') (isSecret ? secrets : settings)[spec.name] = value
  }
  const moved = connector.settings.some(
    ({ name, kind }) => kind === 'url' && known && (known.integration.settings[name] ?? '') !== (settings[name] ?? ''),
  )
  const wrong: Record<string, Phrase | null> = {}
  for (const spec of connector.settings) {
    const value = settings[spec.name] ?? secrets[spec.name] ?? ''
    wrong[spec.name] = problemOf(spec, value)
    const keptSecret = spec.kind === 'secret' && value !== '' && textOf(form, spec.name) === ''
    if (moved && keptSecret) wrong[spec.name] = phrase('form.secretAgain')
    if (shown.includes(spec)) Object.assign(wrong, rowProblems(form, spec))
  }
  const values = { ...settings, ...secrets }
  const found = problems(wrong) ?? connector.check(values)
  if (!found) return { ok: true, value: { settings, secrets } }
  // A problem with a field that this form does not show is told at one that it shows.
  const names = shown.map(({ name }) => name)
  const isShown = (name: string) => names.includes(name) || name in form
  const entries = Object.entries(found).map(([name, text]) => [isShown(name) ? name : names[0], text])
  return failed(Object.fromEntries(entries))
}

/** `undefined` = the form has no such rows: it was opened before there were any. */
function typedIn(form: Form, { kind, name, rows }: SettingSpec): string | undefined {
  if (!rows) return kind === 'choices' ? listOf(form, name).join(',') : textOf(form, name)
  const isAsked = Object.keys(form).some((field) => field.startsWith(`${name}.`))
  return isAsked ? rows.write(rowsIn(form, { name, rows }).map(({ values }) => values)) : undefined
}

function problemOf(spec: SettingSpec, value: string): Phrase | null {
  if (value === '') return spec.optional ? null : phrase('form.required')
  if (spec.kind === 'url' && !isPlainUrl(value)) return phrase('form.url')
  if (spec.kind === 'choice' && !spec.options?.some((option) => option.value === value)) return phrase('form.gone')
  const isOption = (each: string) => spec.options?.some((option) => option.value === each) ?? false
  if (spec.kind === 'choices' && !value.split(',').every(isOption)) return phrase('form.gone')
  // Lines of a long one begin with names, which people write in their language.
  const letters = spec.isLong ? /^(?:\P{C}|[\r\n])+$/u : /^[\x20-\x7e\r\n]+$/
  if (spec.kind === 'secret' && !letters.test(value)) return phrase('form.secret')
  return null
}
