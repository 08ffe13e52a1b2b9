import { elementsOf } from '../blocks/blocks.ts'
import { isRecord } from '../blocks/check.ts'

type Json = Record<string, unknown>
export type Values = Record<string, Record<string, unknown>>

/** What an element holds, by type: the field of its state and the field of its initial value. */
const stateFields: Readonly<Record<string, readonly [state: string, initial: string]>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  users_select: ['selected_user', 'initial_user'],
  channels_select: ['selected_channel', 'initial_channel'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  file_input: ['files', 'initial_files'],
}

/** The field that an element of this type reports its choice in. */
export function stateField(type: unknown): string | undefined {
  return typeof type === 'string' && Object.hasOwn(stateFields, type) ? stateFields[type]?.[0] : undefined
}

/** `state.values` of a surface: what was given, else what each element began with, for every input on it. */
export function inputState(blocks: readonly unknown[], given: Values = {}): Values {
  const values: Values = {}
  for (const block of blocks.filter(isRecord)) {
    for (const element of elementsOf(block)) {
      const fields =
        typeof element.type === 'string' && Object.hasOwn(stateFields, element.type) && stateFields[element.type]
      if (!fields) continue
      const blockId = String(block.block_id)
      const actionId = String(element.action_id)
      const [field, initial] = fields
      const chosen = given[blockId]?.[actionId]
      const value = isRecord(chosen) ? chosen[field] : element[initial]
      const group = values[blockId] ?? {}
      values[blockId] = group
      group[actionId] = { type: element.type, [field]: value ?? (field.endsWith('s') ? [] : null) }
    }
  }
  return values
}

/** What Slack's client says under a field before it sends anything; empty when the form may go. */
export function inputErrors(blocks: readonly unknown[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const block of blocks.filter(isRecord)) {
    if (block.type !== 'input' || !isRecord(block.element)) continue
    const { element } = block
    const blockId = String(block.block_id)
    const state = values[blockId]?.[String(element.action_id)]
    const value = isRecord(state) ? state[stateField(element.type) ?? ''] : null
    const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    if (empty && block.optional !== true) errors[blockId] = 'Please complete this required field.'
    else if (!empty && typeof value === 'string') Object.assign(errors, textError(blockId, element, value))
  }
  return errors
}

function textError(blockId: string, element: Json, value: string): Record<string, string> {
  const length = [...value].length
  if (typeof element.min_length === 'number' && length < element.min_length) {
    return { [blockId]: `Please enter at least ${element.min_length} characters.` }
  }
  const most = typeof element.max_length === 'number' ? element.max_length : 3000
  if (length > most) return { [blockId]: `Please enter at most ${most} characters.` }
  if (element.type === 'number_input' && !Number.isFinite(Number(value))) {
    return { [blockId]: 'Please enter a number.' }
  }
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) {
    return { [blockId]: 'Please enter a valid email address.' }
  }
  if (element.type === 'url_text_input' && !URL.canParse(value)) return { [blockId]: 'Please enter a valid URL.' }
  return {}
}
