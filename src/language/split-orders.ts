import type { ParseResult } from '../domain/command-spec.ts'
import type { CleanText } from './clean-text.ts'
import { skipAround } from './skip-around.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Pieces of one message that are read; orders beyond those that may be given at once are only counted. */
const mostPieces = 12

/** Longer messages are no lists of orders (characters). */
const longestList = 4_000
/** `1. logs billing`: the number of a line. */
const lineNumber = /^\d{1,2}[.)]\s+/

const separators = /[\n;]|puis|ensuite|apr[eè]s|then|after/i

/** A first look, before any word is read: most messages hold nothing that separates orders. */
export const mayHoldSeveral = (text: string): boolean => text.length <= longestList && separators.test(text)

/** What stands between two orders: a line's end or `;`, or words such as `puis`, which a recurrence may contain. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly afterWord: boolean
}

/**
 * Several orders in one message, in their order; `null` unless every part of it is one by itself, or one for each name of
 * a list (`holdsList`). Quotes and code are
 * single tokens, and a title or query that has begun runs to the message's end: neither is ever cut.
 */
export function splitOrders(
  vocabulary: Vocabulary,
  clean: CleanText,
  tokens: readonly Token[],
  parse: (part: CleanText) => ParseResult,
  listIn: (part: CleanText) => readonly ParseResult[] | null,
): { readonly orders: readonly ParseResult[]; readonly holdsList: boolean } | null {
  const pieces = piecesOf(vocabulary, clean.text, tokens)
  if (pieces.length < 2 || pieces.length > mostPieces) return null
  const orders: ParseResult[] = []
  let holdsList = false
  for (const piece of pieces) {
    const part = sliceOf(clean, piece.from, piece.to)
    const order = parse(part)
    if (order.command === null) {
      const list = order.readings || order.isPolite ? null : listIn(part)
      if (!list) return null
      holdsList = true
      orders.push(...list)
      continue
    }
    // "every Monday … then …": nobody can tell what is repeated.
    if (order.command === 'schedule' && pieces.some(({ afterWord }) => afterWord)) return null
    orders.push(order)
    if (!hasOpenRest(vocabulary, order, tokens, piece)) continue
    const whole = parse(sliceOf(clean, piece.from, clean.text.length))
    if (whole.command !== order.command) return null
    orders[orders.length - 1] = whole
    break
  }
  return orders.length > 1 ? { orders, holdsList } : null
}

/** The parts between separators, without those that are mere politeness. */
function piecesOf(vocabulary: Vocabulary, text: string, tokens: readonly Token[]): readonly Piece[] {
  const pieces: Piece[] = []
  let begin = 0
  let afterWord = false
  const close = (end: number) => {
    const inside = tokens.slice(begin, end)
    const [first] = inside
    const last = inside.at(-1)
    if (!first || !last || skipAround(vocabulary, inside, 0) === inside.length) return
    const number = lineNumber.exec(text.slice(first.start, last.end))?.[0] ?? ''
    pieces.push({ from: first.start + number.length, to: last.end, afterWord })
  }
  for (let at = 0; at < tokens.length && pieces.length <= mostPieces; ) {
    const end = separatorEnd(vocabulary, text, tokens, at)
    if (end === at) {
      at += 1
      continue
    }
    close(at)
    begin = end
    afterWord = tokens[at]?.kind === 'word'
    at = end
  }
  close(tokens.length)
  return pieces
}

/** The place after what separates two orders; the same place where nothing does. */
function separatorEnd(vocabulary: Vocabulary, text: string, tokens: readonly Token[], at: number): number {
  const token = tokens[at]
  if (token?.kind === 'mark') return token.text === '\n' || token.text === ';' ? at + 1 : at
  const match = token?.kind === 'word' ? vocabulary.sequences.longest(tokens, at) : null
  // "puis-je" asks for a right.
  if (!match || text[tokens[match.end - 1]?.end ?? text.length] === '-') return at
  return match.end
}

/** True where a title, text or query is still to come, or not closed by a quotation mark: all that follows belongs to it. */
export function hasOpenRest(
  vocabulary: Vocabulary,
  order: ParseResult,
  tokens: readonly Token[],
  piece: Pick<Piece, 'from' | 'to'>,
): boolean {
  const rest = vocabulary.byName.get(order.command ?? '')?.arguments.find(({ kind }) => kind === 'rest')
  const value = rest && order.args[rest.name]
  if (!rest) return false
  if (value === undefined) return rest.required === true
  return !tokens.some(
    (token) => token.kind === 'quoted' && token.start >= piece.from && token.end <= piece.to && token.text === value,
  )
}

/** A part of a message, by its characters. */
export function sliceOf(clean: CleanText, from: number, to: number): CleanText {
  const references = clean.references
    .filter((reference) => reference.start >= from && reference.end <= to)
    .map((reference) => ({ ...reference, start: reference.start - from, end: reference.end - from }))
  return { text: clean.text.slice(from, to), references, mentionsBot: clean.mentionsBot }
}
