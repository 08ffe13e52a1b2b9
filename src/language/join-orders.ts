import type { ParseResult } from '../domain/command-spec.ts'
import type { CleanText } from './clean-text.ts'
import { skipAround } from './skip-around.ts'
import { hasOpenRest, sliceOf } from './split-orders.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Orders of one message that are joined; more are read one a line. */
const mostJoined = 5
/** Longer messages join no orders (characters). */
const longestJoin = 1_000

/** What asks or repeats: the words after its `et` belong to it (`puis-je redémarrer web et déployer api ?`). */
const spanning: ReadonlySet<string> = new Set(['can', 'audit', 'help', 'schedule', 'alias.set'])
/** Values that an order may lack: they are asked for. Any other is what it is about. */
const asked: ReadonlySet<string> = new Set(['environment', 'replicas'])

const joins = new Set(['et', 'and'])
const joining = /,|(?:^|\s)(?:et|and)\s/i

/** A first look, before any word is read. */
export const mayJoin = (text: string): boolean => text.length <= longestJoin && joining.test(text)

/**
 * Orders that `et` joins, each with a verb of its own and whole by itself (`redémarre web et montre ses logs`), in their
 * order; `null` unless all of them are: nothing is guessed of what one says about another.
 */
export function joinOrders(
  vocabulary: Vocabulary,
  clean: CleanText,
  tokens: readonly Token[],
  parse: (part: CleanText) => ParseResult,
): readonly ParseResult[] | null {
  const starts = [0, ...startsOf(vocabulary, tokens)]
  if (starts.length < 2 || starts.length > mostJoined) return null
  const orders: ParseResult[] = []
  const said: string[] = []
  for (const [n, start] of starts.entries()) {
    const inside = withoutJoin(tokens.slice(start, starts[n + 1]))
    const [first, last] = [inside[0], inside.at(-1)]
    if (!first || !last) return null
    const order = parse(sliceOf(clean, first.start, last.end))
    if (!isWhole(order) || (mustSayWhat(vocabulary, order, n) && !saysWhat(order))) return null
    const isLast = n === starts.length - 1
    if (!isLast && hasOpenRest(vocabulary, order, tokens, { from: first.start, to: last.end })) return null
    orders.push(order)
    said.push(clean.text.slice(first.start, last.end).trim())
  }
  return withPlaces(vocabulary, orders, said)
}

/**
 * `redémarre web et déploie api en staging` means web in staging too, most likely: a change whose environment is not said
 * has that of the message, as a reading that is confirmed first; `null` where the message names several.
 */
function withPlaces(
  { byName }: Vocabulary,
  orders: readonly ParseResult[],
  said: readonly string[],
): readonly ParseResult[] | null {
  const last = orders.findLastIndex(({ args }) => args.environment !== undefined)
  const isOpen = ({ command, args }: ParseResult, place: number) =>
    place < last &&
    args.environment === undefined &&
    args.service !== undefined &&
    byName.get(command ?? '')?.effect === 'write'
  if (!orders.some(isOpen)) return orders
  const [environment, ...others] = new Set(orders.flatMap(({ args }) => args.environment ?? []))
  if (environment === undefined || others.length > 0) return null
  return orders.map((order, place) => {
    if (!isOpen(order, place)) return order
    const from = said[place] ?? ''
    const read = { from, to: `${from} ${order.language === 'fr' ? 'en' : 'in'} ${String(environment)}` }
    const missing = order.missing.filter((name) => name !== 'environment')
    return { ...order, args: { ...order.args, environment }, missing, corrections: [...order.corrections, read] }
  })
}

/** Where an order begins after a join. */
const startsOf = (vocabulary: Vocabulary, tokens: readonly Token[]): readonly number[] =>
  tokens.flatMap((token, at) => {
    if (!isJoin(token)) return []
    const start = skipAround(vocabulary, tokens, at + 1)
    return opens(vocabulary, tokens[start]) ? [start] : []
  })

/** A comma, `et` or `and`. */
export const isJoin = ({ kind, text, fold }: Token): boolean =>
  kind === 'mark' ? text === ',' : kind === 'word' && joins.has(fold)

const opens = ({ isVerb, commandPhrases }: Vocabulary, token: Token | undefined): boolean =>
  token?.kind === 'word' && (isVerb(token.fold) || commandPhrases.begins(token.fold))

/** Without the `et`, or `, et`, that leads to the next order. */
function withoutJoin(tokens: readonly Token[]): readonly Token[] {
  let end = tokens.length
  for (let last = tokens[end - 1]; last && isJoin(last); last = tokens[end - 1]) end -= 1
  return tokens.slice(0, end)
}

/** An order by itself, of which nothing is left over. */
export const isWhole = ({ command, leftover = [], readings = [], problem }: ParseResult): boolean =>
  command !== null && !spanning.has(command) && leftover.length === 0 && readings.length === 0 && problem === undefined

/** `et montre ses logs` is about what was said before; what comes first, or changes something, names it. */
const mustSayWhat = ({ byName }: Vocabulary, { command }: ParseResult, place: number): boolean =>
  place === 0 || byName.get(command ?? '')?.effect === 'write'

const saysWhat = ({ args, missing }: ParseResult): boolean =>
  Object.keys(args).length > 0 && missing.every((name) => asked.has(name))
