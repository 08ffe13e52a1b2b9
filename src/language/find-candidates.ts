import type { Candidate } from './reading.ts'
import type { Token } from './tokenize.ts'
import { readAliasName } from './values/aliases.ts'
import { replicaNouns } from './values/counts.ts'
import { environmentWords } from './values/environment.ts'
import { readNumber } from './values/numbers.ts'
import { wordAt } from './values/reader.ts'
import type { CommandPhrase, Placeholder, Vocabulary } from './vocabulary.ts'

/** Enough for any order that a person writes; more are a sign of something else, and cost time. */
const mostCandidates = 12

/** An order is named before this word. */
const farthest = 300

/** How far behind its head the tail of a phrase may stand. */
const longestGap = 12

/** All places in a sentence that name a command. */
export function findCandidates(vocabulary: Vocabulary, tokens: readonly Token[]): Candidate[] {
  const found: Candidate[] = []
  for (let at = 0; at < tokens.length && at < farthest && found.length < mostCandidates; at += 1) {
    for (const match of vocabulary.commandPhrases.matches(tokens, at)) {
      for (const phrase of match.entries) {
        const candidate = complete(phrase, tokens, at, match.end)
        if (candidate && !isRequest(vocabulary, tokens, candidate)) found.push(candidate)
      }
    }
  }
  return found
}

/** `can I see the logs` asks for logs, though `can I` alone asks for a right. */
function isRequest(vocabulary: Vocabulary, tokens: readonly Token[], { start, end }: Candidate): boolean {
  const around = vocabulary.around.longest(tokens, start)
  return around !== null && around.end > end && around.entries.includes('requests')
}

/** Finds the tail and what a placeholder demands; `null` where either is absent. */
function complete(phrase: CommandPhrase, tokens: readonly Token[], start: number, end: number): Candidate | null {
  const last = phrase.gap ? Math.min(tokens.length, end + longestGap) : end
  for (let at = phrase.gap ? end + 1 : end; at <= last; at += 1) {
    if (!phrase.tail.every((word, index) => wordAt(tokens, at + index) === word)) continue
    const tailEnd = at + phrase.tail.length
    if (phrase.afterMention && tokens[start - 1]?.kind !== 'mention') return null
    if (phrase.placeholder && !holds(phrase.placeholder, tokens, tailEnd)) continue
    // A tail before a placeholder is a mere preposition: the value's reader may want to see it.
    return phrase.tail.length > 0
      ? { phrase, start, end, tailStart: at, tailEnd }
      : { phrase, start, end, tailStart: end, tailEnd: end }
  }
  return null
}

const skippable = new Set([
  'le',
  'la',
  'les',
  'l',
  'the',
  'a',
  'an',
  'de',
  'd',
  'du',
  'au',
  'of',
  'on',
  'to',
  'sur',
  'ticket',
  'issue',
  'alerte',
  'alert',
  'incident',
])
// "how are you" asks about nobody's service.
const smallTalk = new Set([
  'you',
  'u',
  'it',
  'that',
  'things',
  'life',
  'going',
  'tu',
  'vous',
  'ca',
  'toi',
  'nous',
  'we',
  'i',
])

// "incident résolu" tells; "incident checkout down" reports one.
const states = new Set([
  'resolu',
  'resolue',
  'resolved',
  'closed',
  'clos',
  'ferme',
  'fermé',
  'termine',
  'terminé',
  'fini',
  'over',
  'done',
  'fixed',
  'corrige',
  'corrigé',
  'ongoing',
  'is',
  'est',
  'was',
  'has',
  'a',
  'en',
  'still',
])
const keyShape = /^#?[a-z][a-z0-9]*-\d{1,9}$/
const idShape = /^#?(?:\d{1,18}|[a-z][a-z0-9]*-\d{1,9})$/

function holds(placeholder: Placeholder, tokens: readonly Token[], at: number): boolean {
  let place = at
  while (place < at + 2 && skippable.has(wordAt(tokens, place))) place += 1
  const word = wordAt(tokens, place)
  switch (placeholder) {
    case 'environment':
      return environmentWords.has(word)
    case 'count':
      return readNumber(word) !== null && (!/^une?$/.test(word) || replicaNouns.has(wordAt(tokens, place + 1)))
    case 'key':
      return keyShape.test(word)
    case 'id':
      return idShape.test(word)
    case 'name':
      return (tokens[place]?.kind === 'word' && !smallTalk.has(word)) || tokens[place]?.kind === 'quoted'
    case 'email':
      return tokens[place]?.kind === 'word' && word.includes('@')
    case 'alias':
      return readAliasName(tokens, place) !== null
    case 'mention':
      return tokens[place]?.kind === 'mention'
    case 'text':
      return !idShape.test(word) && !states.has(word)
  }
}
