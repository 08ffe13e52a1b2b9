import { phrase } from '../../../texts/phrase.ts'
import { plainPhrase } from '../../../texts/render.ts'
import { plain, type SlackBlock } from '../blocks/block-kit.ts'
import { limits } from '../blocks/limits.ts'
import type { Drawing } from './drawing.ts'

/** A list in Home shows this many (the message book, part 4). */
export const perPage = 10

/** The entries of one page; a page past the end is the last. */
export function pageOf<T>(entries: readonly T[], page = 0): { readonly entries: readonly T[]; readonly from: number } {
  const last = Math.max(0, Math.ceil(entries.length / perPage) - 1)
  const from = Math.min(page, last) * perPage
  return { entries: entries.slice(from, from + perPage), from }
}

/** `1–10 of 143` and the ways to the pages beside; nothing where all is seen. */
export function pageBlocks(draw: Drawing, total: number, from: number): SlackBlock[] {
  if (total <= perPage) return []
  const to = Math.min(from + perPage, total)
  const button = (label: 'button.previous' | 'button.next', page: number) => ({
    type: 'button',
    action_id: `page.${page}`,
    text: plain(plainPhrase(phrase(label), draw.language), limits.buttonText),
  })
  const page = from / perPage
  const elements = [
    ...(from > 0 ? [button('button.previous', page - 1)] : []),
    ...(to < total ? [button('button.next', page + 1)] : []),
  ]
  return [draw.context(phrase('home.page', { from: from + 1, to, n: total })), controls(elements)]
}

/** A row of buttons and menus. */
export const controls = (elements: readonly object[], blockId?: string): SlackBlock =>
  ({ type: 'actions', ...(blockId ? { block_id: blockId } : {}), elements }) as SlackBlock

/** An entry's ⋯: labels with what they do. */
export function overflow(
  { language }: Drawing,
  actionId: string,
  options: readonly (readonly [label: Parameters<typeof phrase>[0], value: string])[],
) {
  return {
    type: 'overflow',
    action_id: actionId,
    options: options.map(([label, value]) => ({
      text: plain(plainPhrase(phrase(label), language), limits.optionText),
      value,
    })),
  }
}

/** A button that opens something. */
export function opener(
  { language }: Drawing,
  actionId: string,
  label: Parameters<typeof phrase>[0],
  style?: 'primary' | 'danger',
) {
  const text = plain(plainPhrase(phrase(label), language), limits.buttonText)
  return { type: 'button', action_id: actionId, text, ...(style ? { style } : {}) }
}
