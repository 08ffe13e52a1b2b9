import type { ActionsBlock, Overflow, Button as SlackButton } from '@slack/types'
import type { Answer, Button, Menu } from '../../../domain/answer.ts'
import type { Language } from '../../../domain/command-spec.ts'
import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain } from './block-kit.ts'
import { encodeEffect, encodeMenuBlock } from './button-value.ts'
import { limits } from './limits.ts'

/** Where an installed app is found in Slack's clients. */
export interface AppLink {
  readonly teamId: string
  readonly appId: string
  /** What the ids of this workspace end with in its tenant (`workspace-address.ts`); absent = nothing. */
  readonly suffix?: string
  /** Absent = the tenant has one workspace. */
  readonly elsewhere?: NamesElsewhere
}

/** By address, the names of people of the tenant's other workspaces: Slack cannot mention them here. */
export type NamesElsewhere = ReadonlyMap<string, string>
export const nobodyElsewhere: NamesElsewhere = new Map()

/** A link that opens NOX's Home tab. */
export const homeUrl = (app: AppLink): string => `slack://app?team=${app.teamId}&id=${app.appId}&tab=home`

/** One button; `null` where its order is too long for Slack to carry, so that no press can mean something else. */
export function renderButton(
  button: Button,
  language: Language,
  index: number,
  app: AppLink,
  about?: string,
): SlackButton | null {
  const text = plainPhrase(button.label, language)
  const { does } = button
  const opensHome = does.kind === 'open' && does.surface === 'home'
  const base = {
    type: 'button' as const,
    text: plain(text, limits.buttonText),
    ...(button.style ? { style: button.style } : {}),
    ...(about ? { accessibility_label: plain(`${text} ${about}`, limits.buttonText).text } : {}),
    ...(button.confirm ? { confirm: renderConfirm(button.confirm, button.style, language) } : {}),
  }
  if (does.kind === 'link' || opensHome) {
    const url = does.kind === 'link' ? does.url : homeUrl(app)
    if (!/^(?:https?|slack):\/\/\S+$/.test(url) || url.length > limits.url) return null
    return { ...base, action_id: `link.${index}`, url }
  }
  const value = encodeEffect(does)
  return value === null ? null : { ...base, action_id: `${does.kind}.${index}.${language}`, value }
}

function renderConfirm(confirm: NonNullable<Button['confirm']>, style: Button['style'], language: Language) {
  return {
    title: plain(plainPhrase(confirm.title, language), limits.confirmTitle),
    text: plain(plainPhrase(confirm.text, language), limits.confirmText),
    confirm: plain(plainPhrase(confirm.verb, language), limits.confirmVerb),
    deny: plain(plainPhrase(phrase('dialog.back'), language), limits.confirmVerb),
    ...(style ? { style } : {}),
  }
}

/** The actions of an answer, in one block; none where there is nothing to press. */
export function renderActions(answer: Answer, language: Language, app: AppLink, about?: string): ActionsBlock[] {
  const { entries, others } = splitMore(answer.more ?? [], language)
  const shown: ActionsBlock['elements'] = [...(answer.buttons ?? []), ...others]
    .slice(0, limits.actions - 1)
    .map((button, index) => renderButton(button, language, index, app, about))
    .filter((button) => button !== null)
  const more: ActionsBlock['elements'] =
    entries.length > 0 ? [{ type: 'overflow', action_id: `more.0.${language}`, options: entries }] : []
  const elements = [...shown, ...more]
  const blocks: ActionsBlock[] = []
  if (answer.menu && answer.menu.options.length > 0) blocks.push(renderMenu(answer.menu, language))
  if (elements.length > 0) blocks.push({ type: 'actions', elements })
  return blocks
}

/** What `⋯` has room for; what it can't carry stays a button. */
function splitMore(more: readonly Button[], language: Language) {
  const others: Button[] = []
  const entries: Overflow['options'] = []
  for (const button of more) {
    const value = encodeEffect(button.does)
    const isShort = value !== null && value.length <= limits.optionValue
    if (!isShort || entries.length === limits.overflowOptions) others.push(button)
    else entries.push({ text: plain(plainPhrase(button.label, language), limits.optionText), value })
  }
  return { entries, others }
}

/** Options as Slack takes them; a value that does not fit is left out, never cut into another name. */
export const renderOptions = (options: Menu['options']) =>
  options
    .filter(({ value }) => value.length > 0 && value.length <= limits.optionValue)
    .slice(0, limits.options)
    .map(({ label, value }) => ({ text: plain(label, limits.optionText), value }))

function renderMenu(menu: Menu, language: Language): ActionsBlock {
  const placeholder = plain(plainPhrase(menu.placeholder, language), limits.placeholder)
  const block_id = encodeMenuBlock(menu.actionId, menu.argument)
  if (menu.options.length > limits.options) {
    const element = {
      type: 'external_select' as const,
      action_id: `menu.0.${language}`,
      placeholder,
      min_query_length: 0,
    }
    return { type: 'actions', block_id, elements: [element] }
  }
  const options = renderOptions(menu.options)
  return {
    type: 'actions',
    block_id,
    elements: [{ type: 'static_select', action_id: `menu.0.${language}`, placeholder, options }],
  }
}
