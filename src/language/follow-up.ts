import type { Arguments, Language } from '../domain/command-spec.ts'
import type { PhraseMatch } from './phrase-tree.ts'
import { readCommand } from './read-command.ts'
import type { Reading } from './reading.ts'
import { mostPolite, skipAround, skipOne } from './skip-around.ts'
import type { Token } from './tokenize.ts'
import { environmentWords } from './values/environment.ts'
import { isNameShaped } from './values/names.ts'
import type { CommandPhrase, FollowUpPhrase, Vocabulary } from './vocabulary.ts'

/** Words in front of what goes on: `encore une fois`, `et`. */
export interface Opening {
  readonly kind: FollowUpPhrase['kind']
  readonly languages: readonly Language[]
  readonly start: number
  readonly end: number
  /** True where nothing but politeness stands beside it. */
  readonly isAlone: boolean
}

/** What a message changes of the order that it goes on with. */
export interface FollowUp {
  readonly kind: FollowUpPhrase['kind']
  readonly args: Arguments
  /** A question is no order: what it would change is asked first. */
  readonly isQuestion: boolean
  readonly language: Language | null
}

/** Without an opening only so short a text may go on: `en prod ?` (words). */
const mostBareWords = 5

/** The words that go on with the thread's order, where a message begins with them; politeness may stand before. */
export function findOpening(vocabulary: Vocabulary, tokens: readonly Token[]): Opening | null {
  for (let at = 0, skipped = 0; at < tokens.length && skipped < mostPolite; skipped += 1) {
    const match = vocabulary.followUps.longest(tokens, at) ?? correction(tokens, at)
    if (match) {
      const [{ kind } = { kind: 'change' as const }] = match.entries
      const languages = [...new Set(match.entries.map((entry) => entry.language))]
      const end = kind === 'change' ? lastOpening(vocabulary, tokens, match.end) : match.end
      const isAlone = skipAround(vocabulary, tokens, end) === tokens.length
      return { kind, languages, start: at, end, isAlone }
    }
    const next = skipOne(vocabulary, tokens, at)
    if (next === at) return null
    at = next
  }
  return null
}

/** `non, en staging` corrects; `no restart`, without a comma, forbids. */
function correction(tokens: readonly Token[], at: number): PhraseMatch<FollowUpPhrase> | null {
  const language = noes[tokens[at]?.fold ?? '']
  return language && tokens[at + 1]?.text === ',' ? { entries: [{ kind: 'change', language }], end: at + 1 } : null
}

const noes: Readonly<Record<string, Language>> = { non: 'fr', no: 'en' }

/** `oups, je voulais dire …`: where the last of several openings ends. */
function lastOpening(vocabulary: Vocabulary, tokens: readonly Token[], from: number): number {
  let at = from
  while (tokens[at]?.kind === 'mark') at += 1
  const next = vocabulary.followUps.longest(tokens, at)
  return next?.entries.some(({ kind }) => kind === 'change') ? next.end : from
}

/** True where a text that is no order by itself may go on with one. */
export const mayFollow = (vocabulary: Vocabulary, tokens: readonly Token[], opening: Opening | null): boolean =>
  opening === null ? isBareValue(vocabulary, tokens) : opening.kind === 'repeat' || !opening.isAlone

/** Reads a message as a change of an order of `name`; `null` where a word of it fits no argument. */
export function readFollowUp(
  vocabulary: Vocabulary,
  written: readonly Token[],
  name: string,
  text: string,
  environments: ReadonlyMap<string, string>,
): FollowUp | null {
  const command = vocabulary.byName.get(name)
  if (!command) return null
  const opening = findOpening(vocabulary, written)
  if (opening === null && !isBareValue(vocabulary, written)) return null
  const isQuestion = written.some((token) => token.kind === 'mark' && token.text === '?')
  const language = opening?.languages.length === 1 ? (opening.languages[0] ?? null) : null
  if (opening?.isAlone) return opening.kind === 'repeat' ? { kind: 'repeat', args: {}, isQuestion, language } : null
  if (command.arguments.some(({ kind }) => kind === 'rest' || kind === 'order')) return null
  // A reading needs a place that names its command.
  const tokens = opening ? written : [{ kind: 'word', text: '', fold: '', start: 0, end: 0 } as const, ...written]
  const { start, end } = opening ?? { start: 0, end: 1 }
  const phrase: CommandPhrase = {
    ...{ command, languages: ['fr', 'en'], phrase: '', size: 0, tail: [], gap: false, afterMention: false },
    ...{ placeholder: null, isNoun: false, implies: {}, needs: [] },
  }
  const scan = { tokens, vocabulary, environments, command, phraseEnd: end }
  const reading = readCommand(scan, { phrase, start, end, tailStart: end, tailEnd: end }, text, isQuestion)
  if (reading.isNoOrder || reading.leftover.length > 0 || reading.problem) return null
  if (Object.keys(reading.args).length === 0) return null
  if (opening === null && !isTyped(reading, tokens)) return null
  return { kind: opening?.kind ?? 'change', args: reading.args, isQuestion, language }
}

/** True where every word was read as a word: none became a name. */
const isTyped = (reading: Reading, tokens: readonly Token[]): boolean => {
  const values = new Set(Object.values(reading.args).map(String))
  return tokens.every(
    (token) => token.kind !== 'word' || reading.keywords.has(token) || !values.has(token.text) || isVersion(token),
  )
}

const isVersion = (token: Token): boolean => /^v?\d/.test(token.fold)

/** `en prod ?`, `v2.4.0`: a few words, none of them the opening of anything else. */
function isBareValue(vocabulary: Vocabulary, tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ kind }) => kind === 'word')
  if (words.length === 0 || words.length > mostBareWords || words.some((word) => !isNameShaped(word))) return false
  return words.some(
    (word) => environmentWords.has(word.fold) || isVersion(word) || vocabulary.placePrepositions.has(word.fold),
  )
}
