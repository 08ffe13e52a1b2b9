import { type Integration, type Vendor, vendorNames } from '../../../domain/integration.ts'
import type { VendorDraft, VendorForm } from '../../../domain/vendor-draft.ts'
import type { TextKey } from '../../../texts/keys.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { limits } from '../blocks/limits.ts'
import type { FormField, FormView } from './form.ts'

/** One field of a vendor's settings, as its integration describes it. */
interface Setting {
  readonly name: string
  readonly kind: 'text' | 'url' | 'secret' | 'lines' | 'choice' | 'choices' | 'channel' | 'rows'
  readonly label: TextKey
  readonly hint?: TextKey
  readonly optional?: boolean
  readonly isLong?: boolean
  readonly options?: readonly { readonly value: string; readonly label: TextKey }[]
  readonly rows?: {
    readonly fields: readonly Setting[]
    readonly most: number
    read(text: string): readonly Readonly<Record<string, string>>[]
  }
}

const titles = { connect: 'button.connect', edit: 'modal.vendor.edit', rotate: 'button.rotate' } as const

/** What a form is for: what the vendor gives; of a secret, that the old one stays until the new one works. */
const aboutForm = (vendor: Vendor, mode: VendorForm): Phrase =>
  mode === 'rotate' ? phrase('vendor.rotate.about', { name: vendorNames[vendor] }) : phrase(`vendor.about.${vendor}`)

/** A title that Slack would cut gives way to the name alone. */
const titleOf = (title: Phrase, vendor: Vendor, language: 'fr' | 'en'): Phrase =>
  plainPhrase(title, language).length <= limits.viewTitle
    ? title
    : phrase('action.plain', { command: vendorNames[vendor] })

/** What a form shows. */
interface Shown {
  readonly known: Integration | null
  /** Of the connection; 0 = there is none. */
  readonly version: number
  /** What stood in it before, of a vendor that was not connected. */
  readonly draft?: VendorDraft | null
  /** Above the fields: someone else was faster, or the test failed. */
  readonly said?: readonly Phrase[]
}

/** The modal of a vendor, made from its settings; secrets are never shown again. */
export function vendorForm(
  vendor: Vendor,
  settings: readonly Setting[],
  mode: VendorForm,
  { known, version, draft = null, said = [] }: Shown,
  language: 'fr' | 'en',
): FormView {
  const fields = settings.flatMap((setting) => {
    const isSecret = setting.kind === 'secret'
    const value = isSecret ? undefined : begunWith(setting.name, known, draft)
    return setting.rows
      ? rowsOf(setting.name, setting.rows, value ?? '', language)
      : [fieldOf(setting, value, isSecret && mode === 'edit', language)]
  })
  return {
    callbackId: 'vendor.save',
    title: titleOf(phrase(titles[mode], { name: vendorNames[vendor] }), vendor, language),
    submit: phrase('button.test'),
    metadata: JSON.stringify({ vendor, mode, version }),
    intro: [...said, ...againLine(settings, draft), aboutForm(vendor, mode)],
    fields,
  }
}

/** What a field begins with: what was typed; of what was not kept, what is known. */
const begunWith = (name: string, known: Integration | null, draft: VendorDraft | null): string | undefined =>
  draft && !draft.again.includes(name) ? draft.fields[name] : known?.settings[name]

/** Which fields were filled in before and are to be filled in again. */
function againLine(settings: readonly Setting[], draft: VendorDraft | null): Phrase[] {
  const items = settings.filter(({ name }) => draft?.again.includes(name)).map(({ label }) => phrase(label))
  return items.length === 0 ? [] : [phrase('form.vendor.again', { fields: { kind: 'list', items } })]
}

/** @param stays a secret that is kept where nothing is entered */
function fieldOf(setting: Setting, value: string | undefined, stays: boolean, language: 'fr' | 'en'): FormField {
  return {
    name: setting.name,
    label: phrase(setting.label),
    ...(stays ? { hint: phrase('form.secretStays') } : setting.hint ? { hint: phrase(setting.hint) } : {}),
    optional: stays || (setting.optional ?? false),
    lines: setting.kind === 'lines' || setting.isLong ? 'many' : 'one',
    ...(value === undefined ? {} : { value, values: value.split(',') }),
    ...(setting.kind === 'choices' ? { several: true } : {}),
    ...(setting.kind === 'channel' ? { kind: setting.kind } : {}),
    ...(setting.options
      ? {
          options: setting.options.map((each) => ({
            label: plainPhrase(phrase(each.label), language),
            value: each.value,
          })),
        }
      : {}),
  }
}

/** The rows that are known, and an empty one for another; numbered on from the fields of their name before them. */
function rowsOf(
  name: string,
  { fields, most, read }: NonNullable<Setting['rows']>,
  text: string,
  language: 'fr' | 'en',
): FormField[] {
  const known = read(text)
  const rows = known.length < most ? [...known, {}] : known
  return rows.flatMap((values: Readonly<Record<string, string>>, at) =>
    fields.map((setting, column): FormField => {
      const { hint, ...field } = fieldOf(setting, values[setting.name], false, language)
      const isNext = at === known.length && column === 0
      return {
        ...field,
        name: `${name}.${at}.${setting.name}`,
        label: phrase('form.numbered', { label: field.label, n: at + 2 }),
        ...(isNext ? { hint: phrase('form.another') } : hint && column > 0 ? { hint } : {}),
      }
    }),
  )
}
