import { rowField, type SettingRows, type SettingSpec, type SettingValues } from '../../capabilities/connectors.ts'
import type { Phrase } from '../../texts/phrase.ts'
import { type Form, listOf, textOf } from './form.ts'

/** A row of a form in which something stands, with its place. */
interface TypedRow {
  readonly at: number
  readonly values: SettingValues
}

/** The rows of a form in which something stands. */
export function rowsIn(form: Form, { name, rows }: { readonly name: string; readonly rows: SettingRows }): TypedRow[] {
  const all = Array.from({ length: rows.most }, (_, at): TypedRow => {
    const entries = rows.fields.map((field) => {
      const block = rowField(name, at, field.name)
      return [field.name, field.kind === 'choices' ? listOf(form, block).join(',') : textOf(form, block)] as const
    })
    return { at, values: Object.fromEntries(entries.filter(([, value]) => value !== '')) }
  })
  return all.filter(({ values }) => Object.keys(values).length > 0)
}

/** What is wrong in the rows of a field, by the names that they have in the form. */
export function rowProblems(form: Form, { name, rows }: SettingSpec): Readonly<Record<string, Phrase>> {
  if (!rows) return {}
  const wrong = rowsIn(form, { name, rows }).flatMap(({ at, values }) =>
    Object.entries(rows.check(values) ?? {}).map(([field, problem]) => [rowField(name, at, field), problem] as const),
  )
  return Object.fromEntries(wrong)
}
