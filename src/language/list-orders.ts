import { isDeepStrictEqual } from 'node:util'
import type { ParseResult } from '../domain/command-spec.ts'
import type { CleanText } from './clean-text.ts'
import { isJoin, isWhole } from './join-orders.ts'
import type { Token } from './tokenize.ts'
import { environmentWords } from './values/environment.ts'
import { isNameShaped } from './values/names.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Arguments of which a message may name several: `déploie web et web-b`, `en staging et en production`. */
const listed = ['service', 'target', 'environment'] as const
/** What may be said again before each name. */
const prepositions = new Set([
  'en',
  'dans',
  'sur',
  'vers',
  'pour',
  'à',
  'de',
  'd',
  'du',
  'des',
  'in',
  'to',
  'on',
  'for',
  'of',
  'into',
  'from',
])
/** Names of one message that are read. */
const mostNames = 12
/** Longer messages are no lists of names (characters). */
const longestList = 2_000
/** Lists of a message that are looked at. */
const mostLists = 4

const joining = /,|&|(?:^|\s)(?:et|and)\s/i

/** A first look, before any word is read. */
export const mayList = (text: string): boolean => text.length <= longestList && joining.test(text)

/**
 * One order for each name of a list (`web et web-b`, `web, web-b and api`), in their order; `null` unless each of them
 * makes the same order, alone in the place of the list. Whether there are things of these names is not asked here.
 */
export function listOrders(
  vocabulary: Vocabulary,
  clean: CleanText,
  tokens: readonly Token[],
  parse: (part: CleanText) => ParseResult,
): readonly ParseResult[] | null {
  for (const names of listsOf(vocabulary, clean.text, tokens).slice(0, mostLists)) {
    // "…, stp" ends a list of two names, and "salut, …" begins one.
    for (const some of [names, names.slice(0, -1), names.slice(1)]) {
      const orders = some.length > 1 ? ordersOf(ofOne(clean, tokens, some), some, parse) : null
      if (orders) return orders
    }
  }
  return null
}

function ordersOf(
  clean: CleanText,
  names: readonly Token[],
  parse: (part: CleanText) => ParseResult,
): readonly ParseResult[] | null {
  const [first] = names
  const last = names.at(-1)
  if (!first || !last || names.length > mostNames) return null
  const orders: ParseResult[] = []
  for (const name of names) {
    const order = parse(withOnly(clean, first.start, last.end, name))
    const argument = listed.find((each) => order.args[each] === readAs(each, name))
    if (!isWhole(order) || argument === undefined) return null
    const value = order.args[argument]
    const [before] = orders
    if (before && !isDeepStrictEqual(order, { ...before, args: { ...before.args, [argument]: value } })) return null
    if (orders.every((each) => each.args[argument] !== value)) orders.push(order)
  }
  return orders.length > 1 ? orders : null
}

/** What a name is read as: `prod` is production. */
const readAs = (argument: (typeof listed)[number], { text, fold }: Token): string =>
  argument === 'environment' ? (environmentWords.get(fold)?.value ?? text) : text

/** Names that nothing but commas, `et`, articles and prepositions stand between. */
function listsOf(vocabulary: Vocabulary, text: string, tokens: readonly Token[]): Token[][] {
  const lists: Token[][] = []
  let list: Token[] = []
  let isJoined = false
  const close = () => {
    if (list.length > 1) lists.push(list)
    list = []
  }
  tokens.forEach((token, at) => {
    const between = text.slice(tokens[at - 1]?.end ?? 0, token.start)
    if (isJoin(token)) {
      isJoined = true
    } else if (token.kind === 'word' && isJoined && isBeforeName(vocabulary, token)) {
      // "et le web-b", "et en production"
    } else {
      if (!isJoined && !between.includes('&')) close()
      isJoined = false
      if (token.kind === 'word' && isNameShaped(token)) list.push(token)
      else close()
    }
  })
  close()
  return lists
}

const isBeforeName = ({ articles }: Vocabulary, { fold }: Token): boolean =>
  articles.has(fold) || prepositions.has(fold)

/** `les services web et web-b`, `the web and api services`: each of them is one; places in the text stay. */
function ofOne(clean: CleanText, tokens: readonly Token[], names: readonly Token[]): CleanText {
  const [before, after] = [tokens.indexOf(names[0] as Token) - 1, tokens.indexOf(names.at(-1) as Token) + 1]
  const plural = [tokens[before], tokens[after]].find((token) => token?.kind === 'word' && token.fold === 'services')
  if (!plural) return clean
  return { ...clean, text: `${clean.text.slice(0, plural.end - 1)} ${clean.text.slice(plural.end)}` }
}

/** The text with one name in the place of the whole list. */
function withOnly(clean: CleanText, from: number, to: number, { start, end }: Token): CleanText {
  const shift = end - start - (to - from)
  const references = clean.references
    .filter((reference) => reference.end <= from || reference.start >= to)
    .map((each) => (each.end <= from ? each : { ...each, start: each.start + shift, end: each.end + shift }))
  const text = clean.text.slice(0, from) + clean.text.slice(start, end) + clean.text.slice(to)
  return { text, references, mentionsBot: clean.mentionsBot }
}
