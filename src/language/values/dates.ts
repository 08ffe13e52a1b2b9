import { readDuration } from './durations.ts'
import { type Read, type Scan, type ValueReader, wordAt } from './reader.ts'

const iso = /^(\d{4})-(\d{2})-(\d{2})$/
const european = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/

const months: ReadonlyMap<string, number> = new Map(
  [
    'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
    'january february march april may june july august september october november december',
    'jan feb mar apr may jun jul aug sep oct nov dec',
  ].flatMap((names) => names.split(' ').map((name, index): [string, number] => [name, index + 1])),
)

/** `31 décembre 2026`, `December 31st, 2026`; a year must be said. */
function readNamedMonth({ tokens }: Scan, at: number): Read | null {
  const dayFirst = /^\d/.test(wordAt(tokens, at))
  const day = /^(\d{1,2})(?:er|st|nd|rd|th)?$/.exec(wordAt(tokens, dayFirst ? at : at + 1))?.[1]
  const month = months.get(wordAt(tokens, dayFirst ? at + 1 : at))
  const yearAt = tokens[at + 2]?.text === ',' ? at + 3 : at + 2
  const year = wordAt(tokens, yearAt)
  if (!day || !month || !/^\d{4}$/.test(year)) return null
  const [twoDigits, monthDigits] = [day.padStart(2, '0'), String(month).padStart(2, '0')]
  return isDate(year, monthDigits, twoDigits) ? { value: `${year}-${monthDigits}-${twoDigits}`, end: yearAt + 1 } : null
}

/** An ISO date (`2026-12-31`, `31/12/2026`), or an ISO duration (`3 jours`). */
export const readDate: ValueReader = (scan, at, announced, argument) => {
  const word = wordAt(scan.tokens, at)
  const ymd = iso.exec(word)
  if (ymd?.[1] && ymd[2] && ymd[3]) return isDate(ymd[1], ymd[2], ymd[3]) ? { value: word, end: at + 1 } : null
  const dmy = european.exec(word)
  if (dmy?.[1] && dmy[2] && dmy[3]) {
    const [day, month] = [dmy[1].padStart(2, '0'), dmy[2].padStart(2, '0')]
    return isDate(dmy[3], month, day) ? { value: `${dmy[3]}-${month}-${day}`, end: at + 1 } : null
  }
  return readNamedMonth(scan, at) ?? readDuration(scan, at, announced, argument)
}

/** True for a day that exists: 31 April does not. */
function isDate(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
}
