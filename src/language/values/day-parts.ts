import { type DayPart, lookBackText, readLookBack } from '../../domain/day-part.ts'
import type { Token } from '../tokenize.ts'
import { type Announced, type Read, wordAt } from './reader.ts'

/** The words of each part of a day, folded, in both languages. */
const words: Readonly<Record<DayPart, readonly string[]>> = {
  today: ["aujourd'hui", 'today', 'earlier today'],
  'this-morning': ['ce matin', 'this morning'],
  'this-afternoon': ['cet apres-midi', 'cette apres-midi', 'cet aprem', 'this afternoon'],
  'this-evening': ['ce soir', 'this evening'],
  'last-night': [
    'cette nuit',
    'nuit derniere',
    'nuit passee',
    'hier nuit',
    'last night',
    'overnight',
    'yesterday night',
  ],
  yesterday: ['hier', 'yesterday'],
  'yesterday-morning': ['hier matin', 'yesterday morning'],
  'yesterday-afternoon': ['hier apres-midi', 'hier aprem', 'yesterday afternoon'],
  'yesterday-evening': ['hier soir', 'hier au soir', 'yesterday evening', 'last evening'],
  'day-before-yesterday': ['avant-hier', 'day before yesterday'],
}
const partOf: ReadonlyMap<string, DayPart> = new Map(
  Object.entries(words).flatMap(([part, said]) => said.map((each) => [each, part as DayPart] as const)),
)
const longest = Math.max(...[...partOf.keys()].map((each) => each.split(' ').length))

const articles = new Set(['la', 'le', 'l', 'the'])
const sinceWords = new Set(['depuis', 'since', 'from'])

/** `hier`, `depuis hier soir`, `ce matin`, `last night`; also as arguments hold it: `yesterday-evening`. */
export function readDayPart(tokens: readonly Token[], at: number, announced: Announced): Read | null {
  const own = wordAt(tokens, at)
  // `last` announces a time by itself: `last night` is more than that.
  const start = wordAt(tokens, at - 1) === 'last' ? at - 1 : at
  for (let end = start + longest; end > at; end -= 1) {
    const said = Array.from({ length: end - start }, (_, n) => wordAt(tokens, start + n)).join(' ')
    const part = partOf.get(said)
    if (part) return { value: lookBackText({ part, isSince: isSince(tokens, start) }), end }
  }
  if (readLookBack(own)) return { value: own, end: at + 1 }
  const isNight = announced === 'noun' && (own === 'nuit' || own === 'night')
  return isNight ? { value: lookBackText({ part: 'last-night', isSince: isSince(tokens, at) }), end: at + 1 } : null
}

function isSince(tokens: readonly Token[], at: number): boolean {
  const before = articles.has(wordAt(tokens, at - 1)) ? at - 2 : at - 1
  return sinceWords.has(wordAt(tokens, before))
}
