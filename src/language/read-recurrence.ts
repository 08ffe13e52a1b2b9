import type { Token } from './tokenize.ts'
import { readNumber } from './values/numbers.ts'
import { wordAt } from './values/reader.ts'
import { readTimeOfDay } from './values/time-of-day.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The words of a message that say when, and the cron line that they mean: `null` where a day or a time is open. */
export interface Recurrence {
  readonly start: number
  readonly end: number
  readonly cron: string | null
}

/** What the pieces of a recurrence have said so far. */
interface Draft {
  readonly times: { hour: number; minute: number }[]
  readonly weekdays: Set<number>
  readonly monthDays: Set<number>
  isDaily: boolean
  /** A step of minutes or hours: `toutes les 15 minutes`. */
  step: string | null
  /** Set by what cron can't say or what is said once only: `lundi`, `every week`. */
  isOpen: boolean
}

const dayNames: readonly (readonly string[])[] = [
  ['dimanche', 'sunday', 'sun'],
  ['lundi', 'monday', 'mon'],
  ['mardi', 'tuesday', 'tue', 'tues'],
  ['mercredi', 'wednesday', 'wed'],
  ['jeudi', 'thursday', 'thu', 'thurs'],
  ['vendredi', 'friday', 'fri'],
  ['samedi', 'saturday', 'sat'],
]
const weekdays: ReadonlyMap<string, number> = new Map(
  dayNames.flatMap((names, day) =>
    names.flatMap((name) =>
      name === 'mon'
        ? []
        : ([
            [name, day],
            [`${name}s`, day],
          ] as [string, number][]),
    ),
  ),
)
const workdays = new Set(['weekday', 'weekdays', 'workday', 'workdays'])
const weekends = new Set(['weekend', 'weekends', 'week-end', 'week-ends'])
const days = new Set([
  'jour',
  'jours',
  'day',
  'days',
  'matin',
  'matins',
  'morning',
  'mornings',
  'soir',
  'soirs',
  'evening',
  'evenings',
  'nuit',
  'nuits',
  'night',
  'nights',
  'afternoon',
  'midi',
  'noon',
])
const timePrepositions = new Set(['a', 'at', 'vers', 'around', 'des'])
const recurring = new Set([
  'chaque',
  'tous',
  'toutes',
  'every',
  'each',
  'daily',
  'weekly',
  'monthly',
  'hourly',
  'quotidiennement',
  'hebdomadairement',
  'mensuellement',
  'le',
  'du',
  'on',
  'the',
  'en',
  'from',
])

/** Finds the first recurrence or time of the day outside quotes. */
export function readRecurrence(_vocabulary: Vocabulary, tokens: readonly Token[]): Recurrence | null {
  const limit = Math.min(tokens.length, 400)
  for (let start = 0; start < limit; start += 1) {
    const word = wordAt(tokens, start)
    if (!recurring.has(word) && !timePrepositions.has(word) && !weekdays.has(word)) continue
    const draft: Draft = {
      times: [],
      weekdays: new Set(),
      monthDays: new Set(),
      isDaily: false,
      step: null,
      isOpen: false,
    }
    const end = readPieces(tokens, start, draft)
    if (end > start) return { start, end, cron: cronOf(draft) }
  }
  return null
}

function readPieces(tokens: readonly Token[], start: number, draft: Draft): number {
  let end = start
  for (;;) {
    let at = end
    while (at > start && (tokens[at]?.text === ',' || ['et', 'and'].includes(wordAt(tokens, at)))) at += 1
    const next =
      readEvery(tokens, at, draft) ??
      readMonthDay(tokens, at, draft) ??
      readDays(tokens, at, draft, end > start) ??
      readTime(tokens, at, draft, end > start)
    if (next === null) return end
    end = next
  }
}

/** `chaque lundi`, `tous les jours`, `every 15 minutes`, `daily`. */
function readEvery(tokens: readonly Token[], at: number, draft: Draft): number | null {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (word === 'hourly' || word === 'quotidiennement' || word === 'mensuellement' || word === 'hebdomadairement')
    return adverb(word, at, draft)
  if (word === 'daily' || word === 'weekly' || word === 'monthly') {
    const isAdverb =
      timePrepositions.has(next) ||
      next === 'on' ||
      next === 'the' ||
      weekdays.has(next) ||
      readTimeOfDay(tokens, at + 1, false) !== null
    return isAdverb ? adverb(word, at, draft) : null
  }
  const begins =
    word === 'chaque' || word === 'every' || word === 'each'
      ? at + 1
      : (word === 'tous' || word === 'toutes') && next === 'les'
        ? at + 2
        : null
  if (begins === null) return null
  return readPeriod(tokens, begins, draft)
}

function adverb(word: string, at: number, draft: Draft): number {
  if (word === 'hourly') draft.step = '0 * * * *'
  else if (word === 'daily' || word === 'quotidiennement') draft.isDaily = true
  return at + 1
}

function readPeriod(tokens: readonly Token[], at: number, draft: Draft): number | null {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (workdays.has(word)) return addDays(draft, [1, 2, 3, 4, 5], at + 1)
  if ((word === 'business' || word === 'working' || word === 'week') && (next === 'day' || next === 'days'))
    return addDays(draft, [1, 2, 3, 4, 5], at + 2)
  if (days.has(word)) {
    if (/^ouvr/.test(next)) return addDays(draft, [1, 2, 3, 4, 5], at + 2)
    if (next === 'de' && wordAt(tokens, at + 2) === 'semaine') return addDays(draft, [1, 2, 3, 4, 5], at + 3)
    if (next === 'de' && wordAt(tokens, at + 2) === 'la' && wordAt(tokens, at + 3) === 'semaine')
      return daily(draft, at + 4)
    if (word === 'midi' || word === 'noon') draft.times.push({ hour: 12, minute: 0 })
    return daily(draft, at + 1)
  }
  if (weekends.has(word)) return addDays(draft, [0, 6], at + 1)
  if (weekdays.has(word)) return readDayList(tokens, at, draft)
  const step = readStep(tokens, at, draft)
  if (step !== null) return step
  const ordinal = monthDay(word)
  if (ordinal !== null && ofTheMonth(tokens, at + 1) !== null) {
    draft.monthDays.add(ordinal)
    return ofTheMonth(tokens, at + 1)
  }
  if (['semaine', 'semaines', 'week', 'mois', 'month'].includes(word)) return at + 1
  return null
}

const daily = (draft: Draft, end: number): number => {
  draft.isDaily = true
  return end
}

function addDays(draft: Draft, added: readonly number[], end: number): number {
  for (const day of added) draft.weekdays.add(day)
  return end
}

/** `toutes les heures`, `every 15 minutes`: cron can say steps that divide the hour or the day. */
function readStep(tokens: readonly Token[], at: number, draft: Draft): number | null {
  const count = readNumber(wordAt(tokens, at))
  const unitAt = count === null ? at : at + 1
  const unit = /^(?:h|heures?|hours?|hrs?)$/.test(wordAt(tokens, unitAt))
    ? 24
    : /^(?:m|min|minutes?|mins)$/.test(wordAt(tokens, unitAt))
      ? 60
      : null
  const compact = /^(\d{1,2})(h|m|mn|min)$/.exec(wordAt(tokens, at))
  if (compact?.[1]) return setStep(draft, Number(compact[1]), compact[2] === 'h' ? 24 : 60, at + 1)
  return unit === null ? null : setStep(draft, count ?? 1, unit, unitAt + 1)
}

function setStep(draft: Draft, count: number, size: 24 | 60, end: number): number {
  const step = count === 1 ? '*' : `*/${count}`
  if (count < 1 || count >= size || size % count !== 0) draft.isOpen = true
  else draft.step = size === 60 ? `${step} * * * *` : `0 ${step} * * *`
  return end
}

/** `le lundi`, `les lundis et jeudis`, `on mondays`, `du lundi au vendredi`, `en semaine`, `lundi` (once). */
function readDays(tokens: readonly Token[], at: number, draft: Draft, isInside: boolean): number | null {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (word === 'en' && next === 'semaine') return addDays(draft, [1, 2, 3, 4, 5], at + 2)
  const opened = ['le', 'les', 'on', 'du', 'from', 'the'].includes(word) ? at + 1 : at
  const day = wordAt(tokens, opened)
  if (opened > at && workdays.has(day)) return addDays(draft, [1, 2, 3, 4, 5], opened + 1)
  if (opened > at && weekends.has(day)) return addDays(draft, [0, 6], opened + 1)
  const first = weekdays.get(day)
  if (first === undefined) return null
  const last = ['au', 'to', 'through', 'a'].includes(wordAt(tokens, opened + 1))
    ? weekdays.get(wordAt(tokens, opened + 2))
    : undefined
  if (last !== undefined) {
    for (let between = first; between !== last; between = (between + 1) % 7) draft.weekdays.add(between)
    return addDays(draft, [last], opened + 3)
  }
  const repeats = word === 'le' || word === 'les' || day.endsWith('s') || isInside
  if (!repeats) draft.isOpen = true
  return readDayList(tokens, opened, draft)
}

function readDayList(tokens: readonly Token[], at: number, draft: Draft): number {
  let end = at
  for (let next = at; ; ) {
    const day = weekdays.get(wordAt(tokens, next))
    if (day === undefined) return end
    draft.weekdays.add(day)
    end = next + 1
    next = end
    while (tokens[next]?.text === ',' || ['et', 'and', 'le', 'les'].includes(wordAt(tokens, next))) next += 1
  }
}

const monthDay = (word: string): number | null => {
  const day =
    /^(\d{1,2})(?:er|e|eme|st|nd|rd|th)?$/.exec(word)?.[1] ?? (word === 'premier' || word === 'first' ? '1' : null)
  return day !== null && Number(day) >= 1 && Number(day) <= 31 ? Number(day) : null
}

/** The place after `du mois`, `of every month`. */
function ofTheMonth(tokens: readonly Token[], at: number): number | null {
  let next = at
  if (['jour', 'day'].includes(wordAt(tokens, next))) next += 1
  const begin = next
  while (
    next < begin + 3 &&
    ['du', 'de', 'chaque', 'of', 'the', 'every', 'each', 'tous', 'les'].includes(wordAt(tokens, next))
  )
    next += 1
  return next > begin && ['mois', 'month'].includes(wordAt(tokens, next)) ? next + 1 : null
}

/** `le 1er du mois`, `on the 1st of every month`, and after `every month`: `on the 1st`. */
function readMonthDay(tokens: readonly Token[], at: number, draft: Draft): number | null {
  let next = at
  while (next < at + 3 && ['le', 'on', 'the', 'day', 'jour'].includes(wordAt(tokens, next))) next += 1
  const day = next > at ? monthDay(wordAt(tokens, next)) : null
  if (day === null) return null
  const monthly = ['mois', 'month', 'monthly', 'mensuellement'].includes(wordAt(tokens, at - 1))
  const end = ofTheMonth(tokens, next + 1) ?? (monthly ? next + 1 : null)
  if (end !== null) draft.monthDays.add(day)
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

const listed = (numbers: Iterable<number>): string => [...new Set(numbers)].sort((one, other) => one - other).join(',')

function cronOf(draft: Draft): string | null {
  if (draft.isOpen) return null
  if (draft.step) return draft.times.length === 0 && draft.weekdays.size === 0 ? draft.step : null
  const minutes = new Set(draft.times.map(({ minute }) => minute))
  const [minute] = minutes
  const isPlaced = draft.isDaily || draft.weekdays.size > 0 || draft.monthDays.size > 0
  if (minute === undefined || minutes.size > 1 || !isPlaced || (draft.weekdays.size > 0 && draft.monthDays.size > 0))
    return null
  return `${minute} ${listed(draft.times.map(({ hour }) => hour))} ${listed(draft.monthDays) || '*'} * ${weekdayField(draft.weekdays)}`
}

function weekdayField(chosen: ReadonlySet<number>): string {
  if (chosen.size === 0 || chosen.size === 7) return '*'
  const list = listed(chosen)
  return list === '1,2,3,4,5' ? '1-5' : list
}
