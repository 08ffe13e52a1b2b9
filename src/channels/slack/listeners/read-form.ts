import type { ViewSubmitAction } from '@slack/bolt'
import type { Language } from '../../../domain/command-spec.ts'
import type { Form, FormErrors } from '../../../request/administration/index.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { fieldOfBlock } from '../views/form.ts'

type Values = ViewSubmitAction['view']['state']['values']

/** The fields of a submitted modal, by their block ids. */
export function readForm(body: { readonly view: { readonly state: { readonly values: Values } } }): Form {
  const form: Record<string, string | readonly string[]> = {}
  for (const [blockId, block] of Object.entries(body.view.state.values)) {
    const name = fieldOfBlock(blockId)
    const input = block[name]
    if (input?.selected_options) form[name] = input.selected_options.map((option) => option.value)
    else if (input?.selected_users) form[name] = input.selected_users
    else if (input?.selected_conversations) form[name] = input.selected_conversations[0] ?? ''
    else {
      const { selected_option: option, selected_date: date, selected_time: time, value } = input ?? {}
      form[name] = option?.value ?? date ?? time ?? value ?? ''
    }
  }
  return form
}

/**
 * What is wrong in a form, in the person's language, by the block of each field.
 * @param blocks of the modal, where its fields may have blocks of another name
 */
export function sayErrors(
  errors: FormErrors,
  language: Language,
  blocks: ViewSubmitAction['view']['blocks'] = [],
): Record<string, string> {
  const ids = blocks.flatMap(({ block_id: id }) => (id === undefined ? [] : [[fieldOfBlock(id), id] as const]))
  const blockOf = new Map(ids)
  const said = Object.entries(errors).map(([field, text]) => [blockOf.get(field) ?? field, plainPhrase(text, language)])
  return Object.fromEntries(said)
}
