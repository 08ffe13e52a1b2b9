import type { CommandWords, Language, ParseResult } from '../domain/command-spec.ts'
import { buildVocabulary } from './build-vocabulary.ts'
import { cleanText } from './clean-text.ts'
import { fold } from './fold.ts'
import { languageOf } from './language-of.ts'
import { readSchedule } from './recurrence/read-schedule.ts'
import { type Token, tokenize } from './tokenize.ts'
import { type Message, understand } from './understand.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a message is parsed with. */
export interface ParseOptions {
  /** The language to answer in where the words do not tell: the tenant's. English unless given. */
  readonly defaultLanguage?: Language
  /** The bot's Slack user id, taken out wherever it stands. `U0NOX` unless given. */
  readonly botUserId?: string
  /** Names of environments that the tenant has beside the common three, as written there. */
  readonly environments?: readonly string[]
}

export interface Parser {
  /** Understands one message. Never throws; reads at most 40,000 characters. */
  parse(text: string, options?: ParseOptions): ParseResult
}

const none: ReadonlyMap<string, string> = new Map()

/** Slack's own limit of a message. */
const longestText = 40_000

/** Builds a parser for some commands; its tables are made once, here. */
export function createParser(words: readonly CommandWords[]): Parser {
  const vocabulary = buildVocabulary(words)
  return { parse: (text, options = {}) => parseText(vocabulary, text, options) }
}

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
  const environments = options.environments ? new Map(options.environments.map((name) => [fold(name), name])) : none
  const message: Message = { vocabulary, text: clean.text, environments, fallback }
  const scheduled = readSchedule(vocabulary, tokens, (inner) =>
    parseTokens(message, inner, languageOf(vocabulary, tokens, null, fallback)),
  )
  return scheduled ?? parseTokens(message, tokens, fallback)
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
