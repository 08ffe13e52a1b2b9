import type { ParseResult } from '../domain/command-spec.ts'
import type { CleanText } from './clean-text.ts'
import { joinOrders, mayJoin } from './join-orders.ts'
import { listOrders, mayList } from './list-orders.ts'
import { ownOrders } from './own-values.ts'
import { mayHoldSeveral, splitOrders } from './split-orders.ts'
import { tokenize } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Names of commands that a text may have meant. */
export const mostSuggestions = 3

/** Reads a part of a message as one order. */
type ReadOne = (part: CleanText) => ParseResult

/**
 * What was read as one order, or the orders that a message gives one after the other (`orders`), or for each name of a
 * list (`list`).
 * @param result the message read as one
 */
export function readSeveral(vocabulary: Vocabulary, clean: CleanText, result: ParseResult, read: ReadOne): ParseResult {
  if (mayHoldSeveral(clean.text)) {
    const tokens = tokenize(clean, vocabulary.isVerb)
    const found = splitOrders(vocabulary, clean, tokens, read, (part) => listIn(vocabulary, part, read))
    if (found) return severalOf(found.orders, result, found.holdsList ? 'list' : 'orders')
  }
  if (result.command !== null || result.readings || result.isPolite) return result
  const orders = mayJoin(clean.text) ? joinOrders(vocabulary, clean, tokenize(clean, vocabulary.isVerb), read) : null
  if (orders) return severalOf(orders, result, 'orders')
  const list = listIn(vocabulary, clean, read)
  return list ? { ...result, list } : result
}

/** One order for each name of a list in a text that is none by itself; `null` = it holds no such list. */
function listIn(vocabulary: Vocabulary, clean: CleanText, read: ReadOne): readonly ParseResult[] | null {
  if (!mayList(clean.text)) return null
  const tokens = tokenize(clean, vocabulary.isVerb)
  return listOrders(vocabulary, clean, tokens, read) ?? ownOrders(vocabulary, clean, tokens, read)
}

const severalOf = (orders: readonly ParseResult[], { language }: ParseResult, as: 'orders' | 'list'): ParseResult => ({
  command: null,
  args: {},
  missing: [],
  language: orders[0]?.language ?? language,
  corrections: [],
  suggestions: [...new Set(orders.flatMap(({ command }) => command ?? []))].slice(0, mostSuggestions),
  [as]: orders,
})
