import type { CommandWords, Language, ParsedOrder, ParseResult } from '../domain/command-spec.ts'
import { buildVocabulary } from './build-vocabulary.ts'
import { cleanText } from './clean-text.ts'
import { applyCorrections, type Correction, choicesOf, findCorrections } from './correct-typos.ts'
import { findCandidates } from './find-candidates.ts'
import { fold } from './fold.ts'
import { languageOf } from './language-of.ts'
import { fits, isAmbiguous, rankReadings } from './rank-readings.ts'
import { readCommand } from './read-command.ts'
import type { Reading } from './reading.ts'
import { readSchedule } from './recurrence/read-schedule.ts'
import { clausesAfter, sentencesOf } from './sentences.ts'
import { type Token, tokenize } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a message is parsed with. */
export interface ParseOptions {
  /** The language to answer in where the words do not tell: the tenant's. English unless given. */
  readonly defaultLanguage?: Language
  /** The bot's Slack user id, taken out wherever it stands. `U0NOX` unless given. */
  readonly botUserId?: string
}

export interface Parser {
  /** Understands one message. Never throws; reads at most 40,000 characters. */
  parse(text: string, options?: ParseOptions): ParseResult
}

/** Slack's own limit of a message. */
const longestText = 40_000

/** Builds a parser for some commands; its tables are made once, here. */
export function createParser(words: readonly CommandWords[]): Parser {
  const vocabulary = buildVocabulary(words)
  return { parse: (text, options = {}) => parseText(vocabulary, text, options) }
}

/** What the sentences of a message came to. */
interface Understood {
  readonly reading: Reading | null
  readonly corrections: readonly Correction[]
  /** Readings that do not fit, for suggestions. */
  readonly near: readonly Reading[]
  readonly readings?: readonly ParsedOrder[]
}

const nothing: Understood = { reading: null, corrections: [], near: [] }

function parseText(vocabulary: Vocabulary, raw: string, options: ParseOptions): ParseResult {
  const fallback = options.defaultLanguage ?? 'en'
  const clean = cleanText(raw.slice(0, longestText), options.botUserId ?? 'U0NOX')
  const tokens = tokenize(clean, vocabulary.isVerb)
  if (tokens.every((token) => token.kind === 'mark')) {
    const asksForHelp = clean.mentionsBot || tokens.some((token) => token.text === '?')
    return {
      command: asksForHelp && vocabulary.byName.has('help') ? 'help' : null,
      args: {},
      missing: [],
      language: fallback,
      corrections: [],
    }
  }
  const scheduled = readSchedule(vocabulary, tokens, (inner) =>
    parseTokens(vocabulary, inner, clean.text, languageOf(vocabulary, tokens, null, fallback)),
  )
  return scheduled ?? parseTokens(vocabulary, tokens, clean.text, fallback)
}

function parseTokens(vocabulary: Vocabulary, tokens: readonly Token[], text: string, fallback: Language): ParseResult {
  const understood = understand(vocabulary, tokens, text)
  const { reading, corrections } = understood
  const language = languageOf(vocabulary, tokens, reading?.candidate ?? understood.near[0]?.candidate ?? null, fallback)
  if (reading) {
    return {
      command: reading.candidate.phrase.command.name,
      args: reading.args,
      missing: reading.missing,
      language,
      corrections: corrections.map(({ from, to }) => ({ from, to })),
      ...(reading.problem && { problem: reading.problem }),
    }
  }
  const [nearest] = understood.near
  const suggestions = [...new Set(understood.near.map((near) => near.candidate.phrase.command.name))].slice(0, 3)
  const leftover = nearest?.leftover.map((token) => token.text) ?? []
  return {
    command: null,
    args: {},
    missing: [],
    language,
    corrections: [],
    suggestions,
    ...(leftover.length > 0 && !nearest?.isNoOrder && { leftover }),
    ...(understood.readings && { readings: understood.readings }),
  }
}

/** Understands a message of one or more sentences; a write must be its last order and stand alone after what is told. */
function understand(vocabulary: Vocabulary, tokens: readonly Token[], text: string): Understood {
  const whole = understandSentence(vocabulary, tokens, text)
  if (whole.reading || whole.readings) return whole
  const sentences = sentencesOf(tokens)
  const parts = sentences.length > 1 && sentences.length <= 12 ? sentences : [tokens]
  let found: Understood | null = null
  let near = whole.near
  for (const [index, part] of parts.entries()) {
    if (isSmallTalk(vocabulary, part)) continue
    const understood = parts.length > 1 ? understandSentence(vocabulary, part, text) : whole
    const order = understood.reading ? understood : understandClause(vocabulary, part, text)
    if (order.near.length > 0 && !order.reading && index === 0) near = [...near, ...order.near]
    if (found && (order.reading || isWrite(found)))
      return {
        ...nothing,
        near: [found.reading, order.reading].filter((reading) => reading !== null && reading !== undefined),
      }
    if (!order.reading) {
      if (holdsAny(part, vocabulary.supposing)) return { ...nothing, near }
      continue
    }
    found = order
  }
  return found ?? { ...nothing, near }
}

const isWrite = (understood: Understood): boolean => understood.reading?.candidate.phrase.command.effect === 'write'

/** `checkout is down, restart checkout`: an order after a comma, where what stands before supposes and reports nothing. */
function understandClause(vocabulary: Vocabulary, tokens: readonly Token[], text: string): Understood {
  for (const clause of clausesAfter(tokens)) {
    const before = tokens.slice(0, tokens.length - clause.length)
    if (
      holdsAny(before, vocabulary.supposing) ||
      findCandidates(vocabulary, before).some(({ phrase }) => phrase.command.effect === 'write')
    )
      return nothing
    const understood = understandSentence(vocabulary, clause, text)
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

function understandSentence(vocabulary: Vocabulary, tokens: readonly Token[], text: string): Understood {
  const exact = readAll(vocabulary, tokens, text)
  const best = choose(exact)
  if (best) return best
  if (exact.some((reading) => reading.isNoOrder && reading.leftover.length === 0))
    return { ...nothing, near: rankNear(exact) }
  const corrections = findCorrections(vocabulary, tokens)
  for (const choice of choicesOf(corrections)) {
    const corrected = applyCorrections(tokens, choice, fold)
    const used = readAll(vocabulary, corrected, text).filter((reading) =>
      choice.every(({ at }) => reading.keywords.has(corrected[at] as Token)),
    )
    const understood = choose(used)
    if (understood) return { ...understood, corrections: choice }
  }
  return { ...nothing, near: rankNear(exact) }
}

function readAll(vocabulary: Vocabulary, tokens: readonly Token[], text: string): Reading[] {
  const isQuestion = tokens.some((token) => token.text === '?' && token.kind === 'mark')
  return findCandidates(vocabulary, tokens).map((candidate) =>
    readCommand(vocabulary, tokens, candidate, text, isQuestion),
  )
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
