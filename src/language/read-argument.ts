import type { ArgumentSpec } from '../domain/command-spec.ts'
import type { ReadingDraft } from './reading-draft.ts'
import type { Token } from './tokenize.ts'
import { valueReaders } from './values/index.ts'
import { platforms } from './values/names.ts'
import { type Announced, type Read, wordAt } from './values/reader.ts'

/** Between a noun and its value: `branche : main`, `service de paiement`. */
const connectors = new Set([
  ':',
  '=',
  'de',
  'd',
  'du',
  'des',
  'le',
  'la',
  'les',
  'l',
  'the',
  'est',
  'is',
  'appele',
  'nomme',
  'named',
  'called',
  'of',
  'a',
  'an',
  'un',
  'une',
  'au',
  'aux',
])

/** Takes the flag at `at` with its value and gives where to go on; what the command does not know is left over. */
export function readFlagged(draft: ReadingDraft, at: number): number {
  const { tokens, vocabulary, command } = draft.scan
  const flag = tokens[at] as Token
  const argument = vocabulary.flags.get(command.name)?.get(flag.fold)
  if (!argument) return command.ignoredFlags?.includes(flag.fold) ? at + 1 : draft.leave(at)
  const value = tokens[at + 1]
  if (argument.kind === 'flag') {
    draft.args.set(argument, true, true)
    return value?.start === flag.end + 1 && value.fold === 'true' ? at + 2 : at + 1
  }
  const read = readFlagValue(draft, argument, at + 1)
  if (!read || !draft.take(argument, read, 'flag')) return draft.leave(at)
  draft.keep(at, at + 1)
  return read.end
}

function readFlagValue(draft: ReadingDraft, argument: ArgumentSpec, at: number): Read | null {
  const token = draft.scan.tokens[at]
  if (!token) return null
  if (argument.kind !== 'rest' && argument.kind !== 'quoted' && argument.kind !== 'cron' && argument.kind !== 'order')
    return valueReaders[argument.kind](draft.scan, at, 'flag', argument)
  if (token.kind !== 'word' && token.kind !== 'quoted') return null
  return { value: token.kind === 'quoted' ? token.text.replace(/\\(["\\])/g, '$1') : token.text, end: at + 1 }
}

/** A noun and its value (`branche main`), the other way round (`the main branch`), or a word that is the value. */
export function readAnnounced(draft: ReadingDraft, at: number): number | null {
  const { tokens, vocabulary, command } = draft.scan
  const match = vocabulary.announcements.get(command.name)?.longest(tokens, at)
  if (!match) return null
  for (const { argument, value } of match.entries) {
    if (value !== undefined) {
      // `voir les logs`: what is looked at says more than that one looks.
      const more = argument.kind === 'action' ? valueReaders.action(draft.scan, at, false, argument) : null
      if (more && draft.take(argument, more, false)) return more.end
      if (!draft.args.set(argument, value)) continue
      draft.keep(at, match.end)
      return match.end
    }
    const next = readAfterNoun(draft, argument, at, match.end)
    if (next === null) continue
    draft.keep(at, match.end)
    return next
  }
  return null
}

function readAfterNoun(draft: ReadingDraft, argument: ArgumentSpec, at: number, nounEnd: number): number | null {
  const { tokens } = draft.scan
  let next = nounEnd
  while (next < nounEnd + 3 && connectors.has(tokens[next]?.fold ?? '') && tokens[next]?.kind !== 'quoted') next += 1
  const english = wordAt(tokens, nounEnd) === 'of'
  if (next < tokens.length && !(next > nounEnd && english) && !draft.isPhrase(next)) {
    const isOf = next > nounEnd && ['de', 'd', 'du', 'of'].includes(wordAt(tokens, next - 1))
    // "la version de user-api" is no tag called user-api; "the version of v2" would be one.
    const announced = argument.kind === 'tag' && isOf ? false : 'noun'
    const read =
      readValue(draft, argument, next, announced) ??
      (next > nounEnd ? readValue(draft, argument, nounEnd, 'noun') : null)
    if (read && draft.take(argument, read, 'noun')) return read.end
  }
  if (argument.kind === 'flag') return draft.args.set(argument, true) ? nounEnd : null
  const last = draft.names.at(-1)
  if (
    last &&
    last.at === at - 1 &&
    ['name', 'branch', 'tag'].includes(argument.kind) &&
    draft.args.set(argument, last.token.text)
  ) {
    draft.names.pop()
    return nounEnd
  }
  if (
    draft.args.has(argument.name) &&
    (argument.kind === 'name' ||
      argument.kind === 'branch' ||
      argument.kind === 'environment' ||
      argument.kind === 'tag' ||
      argument.kind === 'choice' ||
      argument.kind === 'level' ||
      argument.kind === 'lines')
  )
    return nounEnd
  if (platforms.has(wordAt(tokens, next)) && argument.kind === 'name') return next + 1
  return ['name', 'environment', 'count', 'id', 'key'].includes(argument.kind) ? nounEnd : null
}

function readValue(draft: ReadingDraft, argument: ArgumentSpec, at: number, announced: Announced): Read | null {
  return argument.kind === 'rest' || argument.kind === 'cron' || argument.kind === 'order'
    ? null
    : valueReaders[argument.kind](draft.scan, at, announced, argument)
}

/** Values made of words, in which a typo may be put right. */
const spoken: ReadonlySet<ArgumentSpec['kind']> = new Set(['environment', 'level', 'count', 'lines', 'duration'])

/** Values that show by themselves what they are: `prod`, `v1.2.3`, `2h`. */
export function readTyped(draft: ReadingDraft, at: number): number | null {
  for (const argument of draft.scan.vocabulary.typed.get(draft.scan.command.name) ?? []) {
    if (
      draft.args.byFlag.has(argument.name) ||
      (argument.kind === 'actor' && draft.candidate.phrase.implies.actor !== undefined)
    )
      continue
    const read = readValue(draft, argument, at, false)
    if (!read || !draft.take(argument, read, false)) continue
    return spoken.has(argument.kind) ? draft.keep(at, read.end) : read.end
  }
  return null
}
