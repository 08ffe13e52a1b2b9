import type { Token } from '../tokenize.ts'
import { wordAt } from '../values/reader.ts'
import type { Draft } from './draft.ts'
import { dayParts, weekdays, weekends, workdays } from './words.ts'

const monday = 1

/** The day of the week at a place; `mon` only where English is spoken for certain. */
export const weekdayAt = (tokens: readonly Token[], at: number, isEnglish = false): number | undefined => {
  const word = wordAt(tokens, at)
  return weekdays.get(word) ?? (isEnglish && word === 'mon' ? monday : undefined)
}

/** Adds days of the week and gives `end`. */
export function addDays(draft: Draft, added: readonly number[], end: number): number {
  for (const day of added) draft.weekdays.add(day)
  return end
}

/** The place after `matin`, `in the evening`; what it says about hours is kept. */
export function skipDayPart(tokens: readonly Token[], at: number, draft: Draft): number {
  const from = dayParts.get(wordAt(tokens, at))
  if (from === undefined) return at
  draft.eveningFrom = from
  return at + 1
}

/** `le lundi`, `les lundis et jeudis`, `on mondays`, `du lundi au vendredi`, `en semaine`, `lundi` (once). */
export function readDays(tokens: readonly Token[], at: number, draft: Draft, isInside: boolean): number | null {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (word === 'en' && next === 'semaine') return addDays(draft, [1, 2, 3, 4, 5], at + 2)
  if ((word === 'le' || word === 'les') && (next === 'week-end' || next === 'week-ends' || next === 'weekend'))
    return addDays(draft, [0, 6], at + 2)
  const opened = ['le', 'les', 'on', 'du', 'from', 'the'].includes(word) ? at + 1 : at
  const day = wordAt(tokens, opened)
  const isPlural = day.endsWith('s')
  if ((opened > at || isPlural) && workdays.has(day)) return addDays(draft, [1, 2, 3, 4, 5], opened + 1)
  if ((opened > at || isPlural) && weekends.has(day)) return addDays(draft, [0, 6], opened + 1)
  const range = readRange(tokens, opened, draft)
  if (range !== null) return range
  if (weekdays.get(day) === undefined) return null
  const repeats = word === 'le' || word === 'les' || isPlural || isInside
  if (!repeats) {
    draft.isOpen = true
    draft.isOnce = true
  }
  return readDayList(tokens, opened, draft)
}

/** `lundi au vendredi`, `monday to friday`, `mon-fri`. */
export function readRange(tokens: readonly Token[], at: number, draft: Draft): number | null {
  const joined = /^([a-z]+)-([a-z]+)$/.exec(wordAt(tokens, at))
  if (joined?.[1] && joined[2]) {
    const [first, last] = [joined[1], joined[2]].map(
      (name) => weekdays.get(name) ?? (name === 'mon' ? monday : undefined),
    )
    return addRange(draft, first, last, at + 1)
  }
  const hasTo = ['au', 'to', 'through', 'a'].includes(wordAt(tokens, at + 1))
  return hasTo ? addRange(draft, weekdayAt(tokens, at, true), weekdayAt(tokens, at + 2), at + 3) : null
}

function addRange(draft: Draft, first: number | undefined, last: number | undefined, end: number): number | null {
  if (first === undefined || last === undefined) return null
  for (let between = first; between !== last; between = (between + 1) % 7) draft.weekdays.add(between)
  return addDays(draft, [last], end)
}

/** One day or several: `lundi, mercredi et vendredi`. */
export function readDayList(tokens: readonly Token[], at: number, draft: Draft, isEnglish = false): number {
  let end = at
  for (let next = at; ; ) {
    const day = weekdayAt(tokens, next, isEnglish)
    if (day === undefined) return skipDayPart(tokens, end, draft)
    draft.weekdays.add(day)
    end = next + 1
    next = end
    while (tokens[next]?.text === ',' || ['et', 'and', 'le', 'les', 'on'].includes(wordAt(tokens, next))) next += 1
  }
}

/** A day of the month as said: `1er`, `15th`, `premier`. */
export const monthDay = (word: string): number | null => {
  const day =
    /^(\d{1,2})(?:er|e|eme|st|nd|rd|th)?$/.exec(word)?.[1] ?? (word === 'premier' || word === 'first' ? '1' : null)
  return day !== null && Number(day) >= 1 && Number(day) <= 31 ? Number(day) : null
}

/** The place after `du mois`, `of every month`. */
export function ofTheMonth(tokens: readonly Token[], at: number): number | null {
  let next = at
  if (['jour', 'day'].includes(wordAt(tokens, next))) next += 1
  const begin = next
  const links = ['du', 'de', 'chaque', 'of', 'the', 'every', 'each', 'tous', 'les']
  while (next < begin + 3 && links.includes(wordAt(tokens, next))) next += 1
  return next > begin && ['mois', 'month'].includes(wordAt(tokens, next)) ? next + 1 : null
}

/** `le 1er du mois`, `on the 1st and 15th of every month`, and after `every month`: `on the 1st`. */
export function readMonthDay(tokens: readonly Token[], at: number, draft: Draft): number | null {
  let next = at
  while (next < at + 3 && ['le', 'les', 'on', 'the', 'day', 'jour', 'every'].includes(wordAt(tokens, next))) next += 1
  if (next === at) return null
  const open = readOpenMonthDay(tokens, next, draft)
  if (open !== null) return open
  const found: number[] = []
  for (let day = monthDay(wordAt(tokens, next)); day !== null; day = monthDay(wordAt(tokens, next))) {
    found.push(day)
    next += 1
    while (tokens[next]?.text === ',' || ['et', 'and', 'the', 'le'].includes(wordAt(tokens, next))) next += 1
  }
  if (found.length === 0) return null
  const monthly = ['mois', 'month', 'monthly', 'mensuellement'].includes(wordAt(tokens, at - 1))
  const end = ofTheMonth(tokens, next) ?? (monthly ? next : null)
  if (end !== null) for (const day of found) draft.monthDays.add(day)
  return end
}

/** What cron can't say: `le premier lundi du mois`, `the last day of the month`. */
function readOpenMonthDay(tokens: readonly Token[], at: number, draft: Draft): number | null {
  const ordinal = /^(?:premier|first|second|deuxieme|third|troisieme|dernier|last)$/.test(wordAt(tokens, at))
  const isDay =
    weekdayAt(tokens, at + 1) !== undefined ||
    (wordAt(tokens, at) !== 'premier' && /^(?:jour|day)$/.test(wordAt(tokens, at + 1)))
  const end = ordinal && isDay ? ofTheMonth(tokens, at + 2) : null
  if (end !== null && wordAt(tokens, at) !== 'first') draft.isOpen = true
  if (end !== null && wordAt(tokens, at) === 'first') {
    if (weekdayAt(tokens, at + 1) === undefined) draft.monthDays.add(1)
    else draft.isOpen = true
  }
  return end
}
