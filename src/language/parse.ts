import type { CommandWords, Language, ParseResult } from '../domain/command-spec.ts'
import { buildVocabulary } from './build-vocabulary.ts'
import { type CleanText, cleanText } from './clean-text.ts'
import { type AliasTexts, expandAlias } from './expand-alias.ts'
import { fold } from './fold.ts'
import { type FollowUp, findOpening, mayFollow, readFollowUp } from './follow-up.ts'
import { languageOf } from './language-of.ts'
import { type Reply, readReply } from './read-reply.ts'
import { readSchedule } from './recurrence/read-schedule.ts'
import { mostSuggestions, readSeveral } from './several.ts'
import { skipAround } from './skip-around.ts'
import { type Token, tokenize } from './tokenize.ts'
import { type Message, understand } from './understand.ts'
import { environmentWords } from './values/environment.ts'
import type { Vocabulary } from './vocabulary.ts'
import { without } from './without.ts'

/** What a message is parsed with. */
export interface ParseOptions {
  /** The language to answer in where the words do not tell: the tenant's. English unless given. */
  readonly defaultLanguage?: Language
  /** The bot's Slack user id, taken out wherever it stands. `U0NOX` unless given. */
  readonly botUserId?: string
  /** Names of environments that the tenant has beside the common three, as written there. */
  readonly environments?: readonly string[]
  /** The tenant's own words for the beginning of an order, by folded name. */
  readonly aliases?: AliasTexts
}

export interface Parser {
  /** Understands one message. Never throws; reads at most 40,000 characters. */
  parse(text: string, options?: ParseOptions): ParseResult
  /** True for a word that means something to NOX by itself. */
  knows(word: string): boolean
  /** Reads a message as a change of an order that was given before; `null` where it is none. */
  follow(text: string, command: string, options?: ParseOptions): FollowUp | null
  /** Reads a message as an answer to a question. */
  reply(text: string, botUserId: string): Reply
}

const none: ReadonlyMap<string, string> = new Map()

/** Slack's own limit of a message. */
const longestText = 40_000

/** Builds a parser for some commands; its tables are made once, here. */
export function createParser(words: readonly CommandWords[]): Parser {
  const vocabulary = buildVocabulary(words)
  return {
    parse: (text, options = {}) => parseText(vocabulary, text, options),
    knows(word) {
      const said = fold(word)
      const tokens = tokenize(cleanText(word, ''), vocabulary.isVerb)
      const isAround = vocabulary.around.longest(tokens, 0) !== null || environmentWords.has(said)
      return isAround || vocabulary.commandPhrases.begins(said) || vocabulary.followUps.begins(said)
    },
    reply: (text, botUserId) => readReply(vocabulary, text.slice(0, longestText), botUserId),
    follow(text, command, options = {}) {
      const clean = cleanText(text.slice(0, longestText), options.botUserId ?? 'U0NOX')
      const tokens = tokenize(clean, vocabulary.isVerb)
      return readFollowUp(vocabulary, tokens, command, clean.text, ownEnvironments(options))
    },
  }
}

/** A link that someone shares is no order, whatever its label says. */
const isLoneLink = (raw: string): boolean =>
  /^\s*(?:<@[^<>]*>\s*)?<(?:https?|ftp|tel|slack|mailto):[^<>]*>\s*$/.test(raw)

function parseText(vocabulary: Vocabulary, raw: string, options: ParseOptions): ParseResult {
  const fallback = options.defaultLanguage ?? 'en'
  if (isLoneLink(raw)) return { command: null, args: {}, missing: [], language: fallback, corrections: [] }
  const clean = cleanText(raw.slice(0, longestText), options.botUserId ?? 'U0NOX')
  const result = parseOne(vocabulary, clean, options)
  return readSeveral(vocabulary, clean, result, (part) =>
    // A short order speaks the language of the message.
    parseOne(vocabulary, part, { ...options, defaultLanguage: result.language }),
  )
}

/** Understands a text as one order; a word of the tenant at its beginning is put in full first. */
function parseOne(vocabulary: Vocabulary, clean: CleanText, options: ParseOptions): ParseResult {
  const tokens = tokenize(clean, vocabulary.isVerb)
  const { aliases } = options
  const expanded = aliases && aliases.size > 0 ? expandAlias(vocabulary, clean, tokens, aliases) : null
  if (expanded) {
    const result = parseClean(vocabulary, expanded.clean, tokenize(expanded.clean, vocabulary.isVerb), options)
    if (result.command !== null) return { ...result, alias: { name: expanded.name, text: expanded.text } }
  }
  return parseClean(vocabulary, clean, tokens, options)
}

function parseClean(
  vocabulary: Vocabulary,
  clean: CleanText,
  tokens: readonly Token[],
  options: ParseOptions,
): ParseResult {
  const fallback = options.defaultLanguage ?? 'en'
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
  const message: Message = { vocabulary, text: clean.text, environments: ownEnvironments(options), fallback }
  const scheduled = readSchedule(vocabulary, tokens, (inner) =>
    parseTokens(message, inner, languageOf(vocabulary, tokens, null, fallback)),
  )
  return scheduled ?? withFollowUp(vocabulary, tokens, parseTokens(message, tokens, fallback))
}

const ownEnvironments = ({ environments }: ParseOptions): ReadonlyMap<string, string> =>
  environments ? new Map(environments.map((name) => [fold(name), name])) : none

/** Says of a message that it may go on with an order that was given before: `et en prod ?`, `relance`, `et les logs ?`. */
function withFollowUp(vocabulary: Vocabulary, tokens: readonly Token[], result: ParseResult): ParseResult {
  if (result.readings) return result
  const opening = findOpening(vocabulary, tokens)
  if (result.command === null) {
    return mayFollow(vocabulary, tokens, opening) ? { ...result, followUp: opening?.kind ?? 'bare' } : result
  }
  if (!opening || (opening.kind === 'repeat' && !opening.isAlone)) return result
  return { ...result, followUp: opening.kind }
}

function parseTokens(message: Message, tokens: readonly Token[], fallback: Language): ParseResult {
  const { vocabulary } = message
  const understood = understand(message, tokens)
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
  const suggestions = [...new Set(understood.near.map((near) => near.candidate.phrase.command.name))].slice(
    0,
    mostSuggestions,
  )
  const leftover = nearest?.leftover.map((token) => token.text) ?? []
  return {
    command: null,
    args: {},
    missing: [],
    language,
    corrections: [],
    suggestions,
    ...(leftover.length > 0 && !nearest?.isNoOrder && { leftover }),
    ...(nearest && without(nearest, understood.near, tokens)),
    ...(nearest?.isNoOrder && tokens.length > nearest.candidate.phrase.size && { isNoOrder: true }),
    ...(isPolite(vocabulary, tokens) && { isPolite: true }),
    ...(understood.readings && { readings: understood.readings }),
  }
}

/** A greeting or thanks, and nothing else. */
const isPolite = (vocabulary: Vocabulary, tokens: readonly Token[]): boolean =>
  tokens.some(({ kind }) => kind === 'word') && skipAround(vocabulary, tokens, 0) === tokens.length
