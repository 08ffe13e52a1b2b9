import type { Token } from '../tokenize.ts'
import { readNumber } from '../values/numbers.ts'
import { wordAt } from '../values/reader.ts'
import { readTimeOfDay } from '../values/time-of-day.ts'
import { addDays, monthDay, ofTheMonth, readDayList, readRange, skipDayPart, weekdayAt } from './days.ts'
import type { Draft } from './draft.ts'
import { dayParts, days, timePrepositions, weekdays, weekends, workdays } from './words.ts'

/** `chaque lundi`, `tous les jours`, `every 15 minutes`, `daily`. */
export function readEvery(tokens: readonly Token[], at: number, draft: Draft, isInside: boolean): number | null {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (word === 'hourly' || word === 'quotidiennement' || word === 'mensuellement' || word === 'hebdomadairement')
    return readAdverb(word, at, draft)
  if (word === 'daily' || word === 'weekly' || word === 'monthly') {
    const isAdverb =
      (isInside && next === '') ||
      timePrepositions.has(next) ||
      next === 'on' ||
      next === 'the' ||
      weekdays.has(next) ||
      readTimeOfDay(tokens, at + 1, false) !== null
    return isAdverb ? readAdverb(word, at, draft) : null
  }
  if (word === 'chaque' || word === 'every' || word === 'each')
    return readPeriod(tokens, at + 1, draft, word !== 'chaque')
  return (word === 'tous' || word === 'toutes') && next === 'les' ? readPeriod(tokens, at + 2, draft, false) : null
}

function readAdverb(word: string, at: number, draft: Draft): number {
  if (word === 'hourly') draft.step = '0 * * * *'
  else if (word === 'daily' || word === 'quotidiennement') draft.isDaily = true
  return at + 1
}

function readPeriod(tokens: readonly Token[], at: number, draft: Draft, isEnglish: boolean): number | null {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (workdays.has(word)) return skipDayPart(tokens, addDays(draft, [1, 2, 3, 4, 5], at + 1), draft)
  if ((word === 'business' || word === 'working' || word === 'week') && (next === 'day' || next === 'days'))
    return addDays(draft, [1, 2, 3, 4, 5], at + 2)
  if (days.has(word)) return readDaily(tokens, at, draft)
  if (weekends.has(word)) return addDays(draft, [0, 6], at + 1)
  const range = readRange(tokens, at, draft)
  if (range !== null) return range
  if (weekdayAt(tokens, at, isEnglish) !== undefined) return readDayList(tokens, at, draft, isEnglish)
  const step = readStep(tokens, at, draft)
  if (step !== null) return step
  const ordinal = monthDay(word)
  const monthEnd = ordinal === null ? null : ofTheMonth(tokens, at + 1)
  if (ordinal !== null && monthEnd !== null) {
    draft.monthDays.add(ordinal)
    return monthEnd
  }
  if (['semaine', 'semaines', 'week', 'mois', 'month'].includes(word)) return at + 1
  return readOpenPeriod(tokens, at, draft)
}

/** `jour`, `jours ouvrés`, `jour de la semaine`, `matin`, `midi`. */
function readDaily(tokens: readonly Token[], at: number, draft: Draft): number {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  if (/^ouvr/.test(next)) return addDays(draft, [1, 2, 3, 4, 5], at + 2)
  if (next === 'de' && wordAt(tokens, at + 2) === 'semaine') return addDays(draft, [1, 2, 3, 4, 5], at + 3)
  draft.isDaily = true
  if (next === 'de' && wordAt(tokens, at + 2) === 'la' && wordAt(tokens, at + 3) === 'semaine') return at + 4
  if (word === 'midi' || word === 'midis' || word === 'noon') draft.times.push({ hour: 12, minute: 0 })
  return dayParts.has(word) ? skipDayPart(tokens, at, draft) : at + 1
}

/** What cron can't say: `every other day`, `tous les 3 jours`, `every two weeks`. */
function readOpenPeriod(tokens: readonly Token[], at: number, draft: Draft): number | null {
  const isMany = wordAt(tokens, at) === 'other' || readNumber(wordAt(tokens, at)) !== null
  if (!isMany || !/^(?:jours?|days?|semaines?|weeks?|mois|months?)$/.test(wordAt(tokens, at + 1))) return null
  draft.isOpen = true
  return at + 2
}

/** `toutes les heures`, `every 15 minutes`, `every half hour`: cron can say steps that divide the hour or the day. */
function readStep(tokens: readonly Token[], at: number, draft: Draft): number | null {
  const half = /^(?:demi-heures?|half-hour)$/.test(wordAt(tokens, at))
  if (half) return setStep(draft, 30, 60, at + 1)
  if (/^(?:half|demi)$/.test(wordAt(tokens, at))) {
    const hourAt = wordAt(tokens, at + 1) === 'an' ? at + 2 : at + 1
    return /^(?:hour|heure)$/.test(wordAt(tokens, hourAt)) ? setStep(draft, 30, 60, hourAt + 1) : null
  }
  const count = readNumber(wordAt(tokens, at))
  const unitAt = count === null ? at : at + 1
  const compact = /^(\d{1,2})(h|m|mn|min)$/.exec(wordAt(tokens, at))
  if (compact?.[1]) return setStep(draft, Number(compact[1]), compact[2] === 'h' ? 24 : 60, at + 1)
  const unit = wordAt(tokens, unitAt)
  if (/^(?:h|heures?|hours?|hrs?)$/.test(unit)) return setStep(draft, count ?? 1, 24, unitAt + 1)
  return /^(?:min|mn|mins|minutes?)$/.test(unit) ? setStep(draft, count ?? 1, 60, unitAt + 1) : null
}

function setStep(draft: Draft, count: number, size: 24 | 60, end: number): number {
  const step = count === 1 ? '*' : `*/${count}`
  if (count < 1 || count >= size || size % count !== 0) draft.isOpen = true
  else draft.step = size === 60 ? `${step} * * * *` : `0 ${step} * * *`
  return end
}
