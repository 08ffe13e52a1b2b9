import type { ParseResult } from '../domain/command-spec.ts'
import type { CleanText } from './clean-text.ts'
import { isJoin, isWhole } from './join-orders.ts'
import { skipAround } from './skip-around.ts'
import { sliceOf } from './split-orders.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Names of one message that are read. */
const mostNames = 6

/**
 * One order for each name that has a value of its own (`déploie web v2.4.1 et api v2.4.0 en staging`), in their order;
 * `null` unless each of them is one behind the verb. An environment at the end is that of all. Whether there are things
 * of these names is not asked here.
 */
export function ownOrders(
  vocabulary: Vocabulary,
  clean: CleanText,
  tokens: readonly Token[],
  parse: (part: CleanText) => ParseResult,
): readonly ParseResult[] | null {
  const pieces = piecesOf(vocabulary, tokens)
  const [first] = pieces
  const opening = first && openingOf(vocabulary, clean.text, first)
  if (!opening || clean.references.length > 0 || pieces.length < 2 || pieces.length > mostNames) return null
  const orders = pieces.map((piece, place) => {
    const part = sliceOf(clean, piece[0]?.start ?? 0, piece.at(-1)?.end ?? 0)
    return parse(place === 0 ? part : { ...part, text: `${opening} ${part.text}` })
  })
  const names = new Set(orders.map(({ args }) => args.service))
  if (!orders.every(hasOwnValue) || names.size < orders.length) return null
  if (new Set(orders.map(({ command }) => command)).size > 1) return null
  return withEnvironment(orders)
}

/** What stands between the joins; politeness is no part. */
function piecesOf(vocabulary: Vocabulary, tokens: readonly Token[]): readonly (readonly Token[])[] {
  const pieces: Token[][] = [[]]
  for (const token of tokens) {
    if (isJoin(token)) pieces.push([])
    else pieces.at(-1)?.push(token)
  }
  return pieces.filter((piece) => skipAround(vocabulary, piece, 0) < piece.length)
}

/** The verb, with what stands before it. */
function openingOf(vocabulary: Vocabulary, text: string, piece: readonly Token[]): string | null {
  const match = vocabulary.commandPhrases.longest(piece, skipAround(vocabulary, piece, 0))
  const last = match && piece[match.end - 1]
  return last ? text.slice(piece[0]?.start, last.end) : null
}

const hasOwnValue = (order: ParseResult): boolean =>
  isWhole(order) &&
  order.args.service !== undefined &&
  Object.keys(order.args).some((name) => name !== 'service' && name !== 'environment')

/** With the environment that the last of them names; `null` where one of the middle stands for what follows, or not. */
function withEnvironment(orders: readonly ParseResult[]): readonly ParseResult[] | null {
  const named = orders.map(({ args }) => args.environment)
  const environment = named.at(-1)
  if (named.every((each) => each === undefined) || !named.includes(undefined)) return orders
  if (environment === undefined || named.slice(0, -1).some((each) => each !== undefined)) return null
  return orders.map((order) => ({
    ...order,
    args: { ...order.args, environment },
    missing: order.missing.filter((name) => name !== 'environment'),
  }))
}
