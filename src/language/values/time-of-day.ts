import type { Token } from '../tokenize.ts'
import { readNumber } from './numbers.ts'
import { wordAt } from './reader.ts'

/** A time of the day, and the first token after it. */
export interface TimeOfDay {
  readonly hour: number
  readonly minute: number
  readonly end: number
}

const named: ReadonlyMap<string, number> = new Map([
  ['midi', 12],
  ['noon', 12],
  ['midday', 12],
  ['minuit', 0],
  ['midnight', 0],
])
const shape = /^(\d{1,2})(?:[h:](\d{2})?|)(am|pm)?$/

/** `9h`, `18h30`, `9:30pm`, `9 am`, `midi`; a bare `9` only where `bare` allows it. */
export function readTimeOfDay(tokens: readonly Token[], at: number, bare: boolean): TimeOfDay | null {
  const word = wordAt(tokens, at)
  const noon = named.get(word)
  if (noon !== undefined) return { hour: noon, minute: 0, end: at + 1 }
  const match = shape.exec(word)
  if (!match?.[1])
    return bare || ['heures', 'heure', "o'clock"].includes(wordAt(tokens, at + 1)) ? inWords(tokens, at) : null
  let end = at + 1
  let half = match[3]
  let minute = Number(match[2] ?? 0)
  let hasUnit = /[h:]/.test(word) || half !== undefined
  const next = wordAt(tokens, end)
  if (!hasUnit && ['h', 'heures', 'heure', "o'clock"].includes(next)) {
    hasUnit = true
    end += 1
    if (next === 'h' && /^\d{2}$/.test(wordAt(tokens, end))) {
      minute = Number(wordAt(tokens, end))
      end += 1
    }
  }
  if (!half && ['am', 'pm', 'a.m', 'p.m'].includes(wordAt(tokens, end))) {
    half = wordAt(tokens, end).startsWith('a') ? 'am' : 'pm'
    hasUnit = true
    end += 1
  }
  const part = dayPart(tokens, end)
  if (part) {
    half ??= part.half
    hasUnit = true
    end = part.end
  }
  if (!hasUnit && !bare) return null
  const hour = toHour(Number(match[1]), half)
  return hour < 24 && minute < 60 ? { hour, minute, end } : null
}

function inWords(tokens: readonly Token[], at: number): TimeOfDay | null {
  const hour = readNumber(wordAt(tokens, at))
  if (hour === null || hour > 24) return null
  const end = ['heures', 'heure', "o'clock"].includes(wordAt(tokens, at + 1)) ? at + 2 : at + 1
  const part = dayPart(tokens, end)
  return { hour: toHour(hour, part?.half), minute: 0, end: part?.end ?? end }
}

/** `du matin`, `in the evening`. */
function dayPart(tokens: readonly Token[], at: number): { half: 'am' | 'pm'; end: number } | null {
  const [first, second, third] = [wordAt(tokens, at), wordAt(tokens, at + 1), wordAt(tokens, at + 2)]
  if (first === 'du' && second === 'matin') return { half: 'am', end: at + 2 }
  if (first === 'du' && second === 'soir') return { half: 'pm', end: at + 2 }
  if (first === 'de' && second === 'l' && third === 'apres-midi') return { half: 'pm', end: at + 3 }
  if (first !== 'in' || second !== 'the') return null
  if (third === 'morning') return { half: 'am', end: at + 3 }
  return third === 'evening' || third === 'afternoon' ? { half: 'pm', end: at + 3 } : null
}

function toHour(hour: number, half: string | undefined): number {
  if (half === 'pm' && hour < 12) return hour + 12
  return half === 'am' && hour === 12 ? 0 : hour
}
