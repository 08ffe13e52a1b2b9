import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'

type Key = Parameters<typeof phrase>[0]

export interface Choice {
  readonly label: string
  readonly value: string
}

const option = ({ label, value }: Choice) => ({ text: plain(label, limits.optionText), value })

const placeholder = ({ language }: Drawing, key: Key) => plain(plainPhrase(phrase(key), language), limits.placeholder)

/**
 * The id of a row of menus: another one for other choices, since Slack's clients keep what was chosen in a row that
 * they know.
 */
export const menusId = (name: string, chosen: readonly (string | null | undefined)[]): string =>
  [name, ...chosen.map((each) => each ?? '')].join(' ').slice(0, limits.blockId)

/** A menu of Home: what is chosen becomes part of its state (`set.<name>`). */
export function menu(draw: Drawing, name: string, title: Key, choices: readonly Choice[], chosen: string | undefined) {
  // More than Slack takes are searched: none of them is cut.
  const known = choices.find(({ value }) => value === chosen)
  if (choices.length > limits.options) return searchMenu(draw, name, title, known ?? null)
  const options = choices.map(option)
  const initial = options.find(({ value }) => value === chosen)
  return {
    type: 'static_select',
    action_id: `set.${name}`,
    placeholder: placeholder(draw, title),
    options,
    ...(initial ? { initial_option: initial } : {}),
  }
}

/** As `menu`, for more choices than one can scroll through: what one types is searched. */
export const searchMenu = (draw: Drawing, name: string, title: Key, chosen: Choice | null) => ({
  type: 'external_select',
  action_id: `set.${name}`,
  placeholder: placeholder(draw, title),
  min_query_length: 0,
  ...(chosen ? { initial_option: option(chosen) } : {}),
})
