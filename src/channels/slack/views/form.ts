import type { ModalView } from '@slack/types'
import type { Language } from '../../../domain/command-spec.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import { plainPhrase, renderPhrase } from '../../../texts/render.ts'
import { mrkdwn, plain, type SlackBlock } from '../blocks/block-kit.ts'
import { cutMrkdwn } from '../blocks/foreign-text.ts'
import { limits } from '../blocks/limits.ts'
import { slackStyle } from '../blocks/style.ts'

/** One field of a form; its name is its block and action id. */
export interface FormField {
  readonly name: string
  readonly label: Phrase
  readonly hint?: Phrase
  readonly optional?: boolean
  readonly lines?: 'one' | 'many'
  readonly value?: string
  readonly options?: readonly { readonly label: string; readonly value: string }[]
  /** Several of the options may be chosen. */
  readonly several?: boolean
  readonly values?: readonly string[]
}

export interface FormView {
  readonly callbackId: string
  readonly title: Phrase
  readonly submit: Phrase
  readonly fields: readonly FormField[]
  readonly metadata: string
}

/** Slack takes this much text in one field. */
const longestText = 3_000

/** A modal with fields. */
export function buildForm(form: FormView, language: Language): ModalView {
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: plain(plainPhrase(form.title, language), limits.viewTitle),
    submit: plain(plainPhrase(form.submit, language), limits.viewButton),
    close: plain(plainPhrase(phrase('dialog.back'), language), limits.viewButton),
    blocks: form.fields.map((field) => inputBlock(field, language)) as ModalView['blocks'],
  }
}

function inputBlock(field: FormField, language: Language): SlackBlock {
  return {
    type: 'input',
    block_id: field.name,
    optional: field.optional ?? false,
    label: plain(plainPhrase(field.label, language), limits.hint),
    ...(field.hint ? { hint: plain(plainPhrase(field.hint, language).replace(/`/g, ''), limits.hint) } : {}),
    element: elementOf(field),
  } as SlackBlock
}

function elementOf(field: FormField): object {
  const action_id = field.name
  if (field.options) {
    const options = field.options.slice(0, limits.options).map(({ label, value }) => ({
      text: plain(label, limits.optionText),
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
  return {
    type: 'plain_text_input',
    action_id,
    multiline: field.lines === 'many',
    max_length: longestText,
    ...(field.value ? { initial_value: field.value.slice(0, longestText) } : {}),
  }
}

/** A modal that only says something. */
export function buildNotice(title: Phrase, lines: readonly Phrase[], language: Language, timeZone: string): ModalView {
  const style = slackStyle(timeZone)
  const say = (line: Phrase) => mrkdwn(cutMrkdwn(renderPhrase(line, language, style), limits.section))
  return {
    type: 'modal',
    callback_id: 'notice',
    title: plain(plainPhrase(title, language), limits.viewTitle),
    close: plain(plainPhrase(phrase('button.close'), language), limits.viewButton),
    blocks: lines.map((line) => ({ type: 'section', text: say(line) })),
  }
}
