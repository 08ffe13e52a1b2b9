import type { ParseResult } from '../domain/command-spec.ts'
import type { CleanText } from './clean-text.ts'
import type { FollowUp } from './follow-up.ts'
import { hasOpenRest, piecesOf, sliceOf } from './split-orders.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Orders that are joined in one message. */
const mostJoined = 4
/** Longer messages join no orders (characters). */
const longestText = 1_000

const joins = new Set(['et', 'and'])
const joining = /\s(?:et|and)\s/i

/** A first look, before any word is read. */
export const mayJoin = (text: string): boolean => text.length <= longestText && joining.test(text)

/** How a part of the message is read. */
interface Reader {
  /** By itself. */
  parse(part: CleanText): ParseResult
  /** As a change of an order of `command`. */
  follow(part: CleanText, command: string): FollowUp | null
}

/**
 * The orders of a message that joins them by `et` or `and`: `redémarre web et montre les logs`, `deploy web to staging
 * and production`. `null` unless every part is an order, or another place for the first; a change never follows a look,
 * since `can I deploy and restart …` asks.
 */
export function joinOrders(
  vocabulary: Vocabulary,
  clean: CleanText,
  tokens: readonly Token[],
  { parse, follow }: Reader,
): readonly ParseResult[] | null {
  const isJoin = (of: readonly Token[], at: number) => of[at]?.kind === 'word' && joins.has(of[at]?.fold ?? '')
  const pieces = piecesOf(vocabulary, clean.text, tokens, (of, at) => (isJoin(of, at) ? at + 1 : at))
  if (pieces.length < 2 || pieces.length > mostJoined) return null
  const orders: ParseResult[] = []
  for (const piece of pieces) {
    const part = sliceOf(clean, piece.from, piece.to)
    const [first] = orders
    const order = first ? (elsewhere(first, follow(part, first.command ?? '')) ?? parse(part)) : parse(part)
    if (order.command === null || order.problem || order.command === 'schedule') return null
    if (hasOpenRest(vocabulary, order, tokens, piece)) return null
    orders.push(order)
  }
  const effects = orders.map(({ command }) => vocabulary.byName.get(command ?? '')?.effect)
  const isBare = Object.keys(orders[0]?.args ?? {}).length === 0
  return isBare || (effects[0] === 'read' && effects.includes('write')) ? null : orders
}

/** The same order in another environment. */
function elsewhere(first: ParseResult, change: FollowUp | null): ParseResult | null {
  const names = Object.keys(change?.args ?? {})
  if (!change || names.length !== 1 || names[0] !== 'environment' || first.args.environment === undefined) return null
  return { ...first, args: { ...first.args, ...change.args } }
}
