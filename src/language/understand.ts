import type { Language, ParsedOrder } from '../domain/command-spec.ts'
import { applyCorrections, type Correction, choicesOf, distanceOf, findCorrections } from './correct-typos.ts'
import { findCandidates } from './find-candidates.ts'
import { languageOf } from './language-of.ts'
import { fits, isAmbiguous, rankReadings } from './rank-readings.ts'
import { readCommand } from './read-command.ts'
import type { Reading } from './reading.ts'
import { clausesAfter, sentencesOf } from './sentences.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What the words of one message are understood with. */
export interface Message {
  readonly vocabulary: Vocabulary
  /** The clean text. */
  readonly text: string
  /** The tenant's own environments, folded → as written. */
  readonly environments: ReadonlyMap<string, string>
  /** Where the words do not tell. */
  readonly fallback: Language
}

/** What the sentences of a message came to. */
export interface Understood {
  readonly reading: Reading | null
  readonly corrections: readonly Correction[]
  /** Readings that do not fit, for suggestions. */
  readonly near: readonly Reading[]
  readonly readings?: readonly ParsedOrder[]
}

const nothing: Understood = { reading: null, corrections: [], near: [] }

/** Understands a message of one or more sentences; a write must be its last order and stand alone after what is told. */
export function understand(message: Message, tokens: readonly Token[]): Understood {
  const { vocabulary } = message
  const whole = understandSentence(message, tokens)
  if (whole.reading || whole.readings) return whole
  const sentences = sentencesOf(tokens)
  const parts = sentences.length > 1 && sentences.length <= 12 ? sentences : [tokens]
  let found: Understood | null = null
  let near = whole.near
  for (const [index, part] of parts.entries()) {
    if (isSmallTalk(vocabulary, part)) continue
    const understood = parts.length > 1 ? understandSentence(message, part) : whole
    const order = understood.reading ? understood : understandClause(message, part)
    if (order.near.length > 0 && !order.reading && index === 0) near = [...near, ...order.near]
    if (found && (order.reading || isWrite(found)))
      return {
        ...nothing,
        near: [found.reading, order.reading].filter((reading) => reading !== null && reading !== undefined),
      }
    if (!order.reading) {
      // What stands beside an order that could not be read is not run without it.
      const unread = understood.near.filter(isUnread)
      if (unread.length > 0) return { ...nothing, near: [...unread, ...near] }
      if (holdsAny(part, vocabulary.supposing)) return { ...nothing, near }
      continue
    }
    found = order
  }
  return found ?? { ...nothing, near }
}

const isWrite = (understood: Understood): boolean => understood.reading?.candidate.phrase.command.effect === 'write'

/** A change that was ordered, with words that fit nothing: `restart web v2`. */
const isUnread = ({ isNoOrder, candidate }: Reading): boolean =>
  !isNoOrder && candidate.phrase.command.effect === 'write'

/** `checkout is down, restart checkout`: an order after a comma, where what stands before supposes and reports nothing. */
function understandClause(message: Message, tokens: readonly Token[]): Understood {
  const { vocabulary } = message
  for (const clause of clausesAfter(tokens)) {
    const before = tokens.slice(0, tokens.length - clause.length)
    if (
      holdsAny(before, vocabulary.supposing) ||
      findCandidates(vocabulary, before).some(({ phrase }) => phrase.command.effect === 'write')
    )
      return nothing
    const understood = understandSentence(message, clause)
    if (!understood.reading) continue
    if (!isWrite(understood)) return understood
    const isBare = Object.keys(understood.reading.args).length === 0
    return isBare || isSpokenToOthers(vocabulary, before) ? nothing : understood
  }
  return nothing
}

const holdsAny = (tokens: readonly Token[], words: ReadonlySet<string>): boolean =>
  tokens.some(
    (token) => token.kind === 'mention' || token.kind === 'code' || (token.kind === 'word' && words.has(token.fold)),
  )

/** `Paul, restart billing` is no order to NOX, nor is `note: restart billing`. */
function isSpokenToOthers(vocabulary: Vocabulary, before: readonly Token[]): boolean {
  if (isSmallTalk(vocabulary, before)) return false
  if (before.at(-1)?.text === ':') return true
  const words = before.filter(
    (token, at) => token.kind !== 'mark' && !vocabulary.around.longest(before, at)?.entries.includes('polite'),
  )
  return words.length === 1
}

function isSmallTalk(vocabulary: Vocabulary, tokens: readonly Token[]): boolean {
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at] as Token
    const match = token.kind === 'word' ? vocabulary.around.longest(tokens, at) : null
    if (token.kind === 'mark' || token.kind === 'channel') at += 1
    else if (match?.entries.includes('polite') || match?.entries.includes('requests')) at = match.end
    else return false
  }
  return true
}

function understandSentence(message: Message, tokens: readonly Token[]): Understood {
  const exact = readAll(message, tokens)
  const best = choose(exact)
  if (best) return best
  if (exact.some((reading) => reading.isNoOrder && reading.leftover.length === 0))
    return { ...nothing, near: rankNear(exact) }
  return understandCorrected(message, tokens) ?? { ...nothing, near: rankNear(exact) }
}

/** The fewest corrections that make an order; where others, equally near, make a different one, nobody can tell. */
function understandCorrected(message: Message, tokens: readonly Token[]): Understood | null {
  const { vocabulary } = message
  let best: Understood | null = null
  for (const choice of choicesOf(
    findCorrections(vocabulary, tokens, languageOf(vocabulary, tokens, null, message.fallback)),
  )) {
    if (best && (choice.length > best.corrections.length || distanceOf(choice) > distanceOf(best.corrections))) break
    const corrected = applyCorrections(tokens, choice)
    const used = readAll(message, corrected, true).filter((reading) =>
      choice.every(({ at }) => reading.keywords.has(corrected[at] as Token)),
    )
    const understood = choose(used)
    if (!understood) continue
    if (best && nameOf(best) !== nameOf(understood)) return null
    best ??= { ...understood, corrections: choice }
  }
  return best
}

const nameOf = (understood: Understood): string | undefined => understood.reading?.candidate.phrase.command.name

/**
 * Reads a sentence as each command that it names. Without `isThorough` a candidate is passed over where one with more
 * words of its own fits already: it could not win.
 */
function readAll({ vocabulary, text, environments }: Message, tokens: readonly Token[], isThorough = false): Reading[] {
  const isQuestion = tokens.some((token) => token.text === '?' && token.kind === 'mark')
  const candidates = findCandidates(vocabulary, tokens)
  if (candidates.length > 1) candidates.sort((one, other) => other.phrase.size - one.phrase.size)
  const readings: Reading[] = []
  let fitting = 0
  for (const candidate of candidates) {
    const { command, size } = candidate.phrase
    if (size < fitting && !isThorough) break
    const scan = { tokens, vocabulary, environments, command, phraseEnd: candidate.tailEnd }
    const reading = readCommand(scan, candidate, text, isQuestion)
    if (candidate.phrase.needs.some((name) => reading.args[name] === undefined)) continue
    if (fits(reading)) fitting = size
    readings.push(reading)
  }
  return readings
}

function choose(readings: readonly Reading[]): Understood | null {
  const [best, next] = rankReadings(readings.filter(fits))
  if (!best) return null
  if (!isAmbiguous(best, next) || !next) return { reading: best, corrections: [], near: [] }
  const orders = [best, next].map(({ candidate, args }) => ({ command: candidate.phrase.command.name, args }))
  return { reading: null, corrections: [], near: [best, next], readings: orders }
}

/** Readings that do not fit, the nearest first: those that order something, with the least left over. */
const rankNear = (readings: readonly Reading[]): Reading[] =>
  [...readings].sort(
    (one, other) => Number(one.isNoOrder) - Number(other.isNoOrder) || one.leftover.length - other.leftover.length,
  )
