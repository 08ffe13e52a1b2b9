import type { ModalView } from '@slack/types'
import type { Language } from '../../../domain/command-spec.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { hintPhrase, plainPhrase, renderPhrase } from '../../../texts/render.ts'
import { mrkdwn, plain, type SlackBlock } from '../blocks/block-kit.ts'
import { cutMrkdwn } from '../blocks/foreign-text.ts'
import { limits } from '../blocks/limits.ts'
import { idHere, slackStyle } from '../blocks/style.ts'

/** One field of a form; its name is its block and action id. */
export interface FormField {
  readonly name: string
  readonly label: Phrase
  readonly hint?: Phrase
  readonly optional?: boolean
  readonly lines?: 'one' | 'many'
  readonly value?: string
  /** What a text begins with, in the reader's language; instead of `value`. */
  readonly words?: Phrase
  readonly options?: readonly { readonly label: string | Phrase; readonly value: string }[]
  /** The choices are searched as one types (an external menu of the same name); `value` is what it begins with. */
  readonly search?: boolean
  /** Several of the options may be chosen. */
  readonly several?: boolean
  readonly values?: readonly string[]
  /**
   * A value of another kind than text: a number, a day (`2026-12-24`), a time (`18:00`), people or a channel of the
   * workspace.
   */
  readonly kind?: 'number' | 'date' | 'time' | 'people' | 'channel'
}

export interface FormView {
  readonly callbackId: string
  readonly title: Phrase
  readonly submit: Phrase
  readonly fields: readonly FormField[]
  readonly metadata: string
  /** Sentences above the fields. */
  readonly intro?: readonly Phrase[]
}

/** Slack takes this much text in one field. */
const longestText = 3_000

/** Where a form is read: an IANA zone, and what the ids of the reader's workspace end with in its tenant. */
export interface FormReader {
  readonly timeZone?: string
  readonly suffix?: string
}

/** A modal with fields. */
export function buildForm(
  form: FormView,
  language: Language,
  { timeZone = 'UTC', suffix = '' }: FormReader = {},
): ModalView {
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: plain(plainPhrase(form.title, language), limits.viewTitle),
    submit: plain(plainPhrase(form.submit, language), limits.viewButton),
    close: plain(plainPhrase(phrase('dialog.back'), language), limits.viewButton),
    blocks: [
      ...sentences(form.intro ?? [], language, timeZone),
      ...inputBlocks(form.fields, language, suffix),
    ] as ModalView['blocks'],
  }
}

/** The field that a block of a form holds. */
export const fieldOfBlock = (blockId: string): string => blockId.replace(/@\d+$/, '')

/**
 * The form with fields that show what they begin with: under blocks that it had before, Slack would keep what was typed.
 * @param before the blocks of the form as it was sent
 * @param version what the form is drawn on; does not rise where a form has no versions
 */
export function withFreshFields(
  view: ModalView,
  before: readonly { readonly block_id?: string }[],
  version: number,
): ModalView {
  const had = before.map(({ block_id = '' }) => Number(/@(\d+)$/.exec(block_id)?.[1] ?? -1))
  const mark = Math.max(version, 1 + Math.max(-1, ...had))
  return {
    ...view,
    blocks: view.blocks.map((block) =>
      block.type === 'input' && block.block_id ? { ...block, block_id: `${block.block_id}@${mark}` } : block,
    ),
  }
}

/** Fields as they stand in a modal, or in Home. */
export const inputBlocks = (fields: readonly FormField[], language: Language, suffix = ''): SlackBlock[] =>
  fields.map((field) => inputBlock(field, language, suffix))

function inputBlock(field: FormField, language: Language, suffix: string): SlackBlock {
  return {
    type: 'input',
    block_id: field.name,
    optional: field.optional ?? false,
    label: plain(plainPhrase(field.label, language), limits.hint),
    ...(field.hint ? { hint: plain(hintPhrase(field.hint, language), limits.hint) } : {}),
    element: elementOf(field, language, suffix),
  } as SlackBlock
}

function elementOf(field: FormField, language: Language, suffix: string): object {
  const action_id = field.name
  if (field.search) {
    const text = plain(field.value ?? '', limits.optionText)
    const initial = field.value ? { initial_option: { text, value: field.value } } : {}
    return { type: 'external_select', action_id, min_query_length: 1, ...initial }
  }
  if (field.options) {
    const options = field.options.slice(0, limits.options).map(({ label, value }) => ({
      text: plain(typeof label === 'string' ? label : plainPhrase(label, language), limits.optionText),
      value,
    }))
    if (field.several) {
      const initial_options = options.filter((option) => field.values?.includes(option.value))
      return {
        type: 'multi_static_select',
        action_id,
        options,
        ...(initial_options.length > 0 ? { initial_options } : {}),
      }
    }
    const initial_option = options.find((option) => option.value === field.value)
    return { type: 'static_select', action_id, options, ...(initial_option ? { initial_option } : {}) }
  }
  if (field.kind === 'channel') {
    const here = field.value ? idHere(field.value, { suffix }) : undefined
    // Slack shows no channel of another workspace: its id stays as text, so that saving the form keeps it.
    if (here !== null) return channelPicker(action_id, here)
  } else if (field.kind) return pickerOf(field, field.kind)
  const value = field.words ? plainPhrase(field.words, language) : field.value
  return {
    type: 'plain_text_input',
    action_id,
    multiline: field.lines === 'many',
    max_length: longestText,
    ...(value ? { initial_value: value.slice(0, longestText) } : {}),
  }
}

/** Of many, with room for one: what was chosen in a menu of one cannot be taken back. */
const channelPicker = (action_id: string, value: string | undefined): object => ({
  type: 'multi_conversations_select',
  action_id,
  max_selected_items: 1,
  filter: { include: ['public', 'private'], exclude_bot_users: true },
  ...(value ? { initial_conversations: [value] } : {}),
})

type Picked = Exclude<NonNullable<FormField['kind']>, 'channel'>

function pickerOf({ name: action_id, value, values }: FormField, kind: Picked): object {
  switch (kind) {
    case 'number':
      return { type: 'number_input', action_id, is_decimal_allowed: false, ...(value ? { initial_value: value } : {}) }
    case 'date':
      return { type: 'datepicker', action_id, ...(value ? { initial_date: value } : {}) }
    case 'time':
      return { type: 'timepicker', action_id, ...(value ? { initial_time: value } : {}) }
    case 'people':
      return {
        type: 'multi_users_select',
        action_id,
        ...(values && values.length > 0 ? { initial_users: values } : {}),
      }
  }
}

function sentences(lines: readonly Phrase[], language: Language, timeZone: string): SlackBlock[] {
  const style = slackStyle(timeZone)
  const say = (line: Phrase) => mrkdwn(cutMrkdwn(renderPhrase(line, language, style), limits.section))
  return lines.map((line) => ({ type: 'section', text: say(line) }))
}

/** A modal that only says something. */
export function buildNotice(title: Phrase, lines: readonly Phrase[], language: Language, timeZone: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'notice',
    title: plain(plainPhrase(title, language), limits.viewTitle),
    close: plain(plainPhrase(phrase('button.close'), language), limits.viewButton),
    blocks: sentences(lines, language, timeZone) as ModalView['blocks'],
  }
}
