import { indexWords, nearestWords, type WordIndex } from '../nearest-word.ts'
import type { Token } from '../tokenize.ts'
import { wordAt } from '../values/reader.ts'
import { readTimeOfDay } from '../values/time-of-day.ts'
import { readDays, readMonthDay } from './days.ts'
import { cronOf, type Draft, newDraft } from './draft.ts'
import { readEvery } from './every.ts'
import { everyWords, openings, recurrenceWords, timePrepositions } from './words.ts'

/** The words of a message that say when, and the cron line that they mean: `null` where a day or a time is open. */
export interface Recurrence {
  readonly start: number
  readonly end: number
  readonly cron: string | null
}

/** A recurrence further in belongs to no order. */
const farthest = 400
/** More pieces than a recurrence has. */
const mostPieces = 24

/** Finds the first recurrence or time of the day outside quotes. */
export function readRecurrence(tokens: readonly Token[]): Recurrence | null {
  const limit = Math.min(tokens.length, farthest)
  for (let start = 0; start < limit; start += 1) {
    if (!openings.has(wordAt(tokens, start))) continue
    const draft = newDraft()
    const end = readPieces(tokens, start, draft)
    const isLoneDay = draft.isOnce && draft.times.length === 0
    if (end > start && !isLoneDay) return { start, end, cron: cronOf(draft) }
  }
  return null
}

function readPieces(tokens: readonly Token[], start: number, draft: Draft): number {
  let end = start
  for (let pieces = 0; pieces < mostPieces; pieces += 1) {
    let at = end
    while (at > start && (tokens[at]?.text === ',' || ['et', 'and'].includes(wordAt(tokens, at)))) at += 1
    const next =
      readMonthDay(tokens, at, draft) ??
      readEvery(tokens, at, draft, end > start) ??
      readDays(tokens, at, draft, end > start) ??
      readTime(tokens, at, draft, end > start)
    if (next === null) return end
    end = next
  }
  return end
}

/** `à 9h`, `at 9am`; inside a recurrence also `9h` and `à 9`. */
function readTime(tokens: readonly Token[], at: number, draft: Draft, isInside: boolean): number | null {
  const announced = timePrepositions.has(wordAt(tokens, at))
  const time = readTimeOfDay(tokens, announced ? at + 1 : at, announced && isInside)
  if (!time || (!announced && !isInside)) return null
  draft.times.push({ hour: time.hour, minute: time.minute })
  return time.end
}

const dayIndex = indexWords(recurrenceWords)
const everyIndex = indexWords(everyWords)
const recurring = new Set(recurrenceWords)
const mostLooked = 60

/** A typo in a recurrence: `every mondy`. */
export interface RecurrenceTypo {
  readonly at: number
  readonly from: string
  readonly to: string
}

/** The typos right after `every` and its like, and of these right before a day; `isKnown` tells which words are none. */
export function findRecurrenceTypos(tokens: readonly Token[], isKnown: (folded: string) => boolean): RecurrenceTypo[] {
  const found: RecurrenceTypo[] = []
  const correct = (at: number, index: WordIndex): void => {
    const token = tokens[at]
    if (token?.kind !== 'word' || !/^\p{L}{4,}$/u.test(token.text) || isKnown(token.fold)) return
    const [near] = nearestWords(token.fold, index)
    if (near && near.distance > 0) found.push({ at, from: token.text, to: near.word })
  }
  for (let at = 0; at < Math.min(tokens.length, mostLooked); at += 1) {
    const afterLes = wordAt(tokens, at + 1) === 'les' ? at + 2 : at + 1
    if (everyWords.has(wordAt(tokens, at))) correct(afterLes, dayIndex)
    else if (recurring.has(wordAt(tokens, afterLes))) correct(at, everyIndex)
  }
  return found
}
