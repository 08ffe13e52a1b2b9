import type { Token } from '../tokenize.ts'
import { readDayPart } from './day-parts.ts'
import { readNumber } from './numbers.ts'
import { type Read, type ValueReader, wordAt } from './reader.ts'

type Unit = 'S' | 'M' | 'H' | 'D' | 'W' | 'MO' | 'Y'

const units: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...named('S', 's', 'sec', 'secs', 'second', 'seconds', 'seconde', 'secondes'),
  ...named('M', 'm', 'mn', 'min', 'mins', 'minute', 'minutes'),
  ...named('H', 'h', 'hr', 'hrs', 'hour', 'hours', 'heure', 'heures'),
  ...named('D', 'd', 'j', 'day', 'days', 'jour', 'jours'),
  ...named('W', 'w', 'week', 'weeks', 'semaine', 'semaines', 'sem'),
  ...named('MO', 'month', 'months', 'mois'),
  ...named('Y', 'year', 'years', 'an', 'ans', 'annee', 'année'),
])
const between = new Set([
  'derniere',
  'dernieres',
  'dernier',
  'derniers',
  'last',
  'past',
  'prochaines',
  'prochains',
  'passees',
])
const afterwards = new Set([
  'derniere',
  'dernier',
  'dernieres',
  'derniers',
  'passee',
  'passe',
  'passees',
  'passes',
  'ago',
  'ecoulees',
])
const thisOne = new Set(['this', 'cette', 'ce', 'cet', 'last', 'past', 'derniere', 'dernier'])
const compact = /^(\d{1,6})(s|sec|m|mn|min|h|hr|hrs|d|j|w)$/
const hoursAndMinutes = /^(\d{1,3})h(\d{1,2})(?:m|mn|min)?$/

function named(unit: Unit, ...words: readonly string[]): [string, Unit][] {
  return words.map((word) => [word, unit])
}

/** The ISO 8601 duration in the unit that was said; a week is 7 days, a month 30, a year 365. */
export function isoDuration(count: number, unit: Unit): string {
  if (unit === 'W') return `P${count * 7}D`
  if (unit === 'MO') return `P${count * 30}D`
  if (unit === 'Y') return `P${count * 365}D`
  return unit === 'D' ? `P${count}D` : `PT${count}${unit}`
}

/** `15m`, `1h30`, `2 heures`, `une heure`, `half an hour`, `24 dernières heures`, `hier`. */
export const readDuration: ValueReader = ({ tokens }, at, announced, argument) => {
  const read =
    readCompact(tokens, at) ??
    readHalf(tokens, at) ??
    readSpoken(tokens, at) ??
    (argument.name === 'since' ? readDayPart(tokens, at, announced) : null)
  if (read) return read
  const unit = units.get(wordAt(tokens, at))
  const before = wordAt(tokens, at - 1)
  const isOne =
    unit !== undefined &&
    wordAt(tokens, at).length > 2 &&
    (announced || thisOne.has(before) || afterwards.has(wordAt(tokens, at + 1)))
  return isOne ? { value: isoDuration(1, unit), end: skipAfterwards(tokens, at + 1) } : null
}

function readCompact(tokens: readonly Token[], at: number): Read | null {
  const token = tokens[at]
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return null
  const first = token.fold[0] ?? ''
  if (first !== 'p' && (first < '0' || first > '9')) return null
  const iso = /^p(?:t(?:\d+h)?(?:\d+m)?(?:\d+s)?|\d+d)$/.exec(token.fold)
  if (iso && /\d/.test(token.fold)) return { value: token.text.toUpperCase(), end: at + 1 }
  const both = hoursAndMinutes.exec(token.fold)
  if (both?.[1] && both[2]) return { value: `PT${Number(both[1])}H${Number(both[2])}M`, end: at + 1 }
  const one = compact.exec(token.fold)
  const unit = one?.[2] ? units.get(one[2]) : undefined
  if (!one?.[1] || !unit) return null
  const minutes = unit === 'H' ? compact.exec(wordAt(tokens, at + 1)) : null
  if (minutes?.[1] && minutes[2] && units.get(minutes[2]) === 'M')
    return { value: `PT${Number(one[1])}H${Number(minutes[1])}M`, end: at + 2 }
  return { value: isoDuration(Number(one[1]), unit), end: skipAfterwards(tokens, at + 1) }
}

/** `une demi-heure`, `half an hour`. */
function readHalf(tokens: readonly Token[], at: number): Read | null {
  const first = wordAt(tokens, at)
  const start = first === 'une' || first === 'a' || first === 'the' || first === 'la' ? at + 1 : at
  const word = wordAt(tokens, start)
  if (word === 'demi-heure' || word === 'half-hour') return { value: 'PT30M', end: start + 1 }
  if (word === 'demi' && wordAt(tokens, start + 1) === 'heure') return { value: 'PT30M', end: start + 2 }
  if (word !== 'half') return null
  const next = wordAt(tokens, start + 1) === 'an' ? start + 2 : start + 1
  return wordAt(tokens, next) === 'hour' ? { value: 'PT30M', end: next + 1 } : null
}

/** A number and its unit, apart: `15 min`, `une heure`, `une heure et demie`, `2 h 30`. */
function readSpoken(tokens: readonly Token[], at: number): Read | null {
  const first = wordAt(tokens, at)
  const count = first === 'a' || first === 'an' ? 1 : first === 'couple' ? 2 : readNumber(first)
  if (count === null) return null
  let next = at + 1
  if (first === 'couple' && wordAt(tokens, next) === 'of') next += 1
  if (between.has(wordAt(tokens, next))) next += 1
  const unit = units.get(wordAt(tokens, next))
  if (!unit || (first === 'un' && unit !== 'D' && unit !== 'MO' && unit !== 'Y')) return null
  next += 1
  if (unit === 'H') {
    if (wordAt(tokens, next) === 'et' && wordAt(tokens, next + 1).startsWith('demi'))
      return { value: `PT${count}H30M`, end: next + 2 }
    if (wordAt(tokens, next) === 'and' && wordAt(tokens, next + 1) === 'a' && wordAt(tokens, next + 2) === 'half')
      return { value: `PT${count}H30M`, end: next + 3 }
    const joined = wordAt(tokens, next) === 'et' || wordAt(tokens, next) === 'and' ? next + 1 : next
    const minutes = readNumber(wordAt(tokens, joined))
    if (minutes !== null && minutes < 60 && units.get(wordAt(tokens, joined + 1)) === 'M')
      return { value: `PT${count}H${minutes}M`, end: joined + 2 }
  }
  return { value: isoDuration(count, unit), end: skipAfterwards(tokens, next) }
}

const skipAfterwards = (tokens: readonly Token[], at: number): number =>
  afterwards.has(wordAt(tokens, at)) ? at + 1 : at
