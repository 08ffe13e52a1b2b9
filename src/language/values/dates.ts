import { readDuration } from './durations.ts'
import { type ValueReader, wordAt } from './reader.ts'

const iso = /^(\d{4})-(\d{2})-(\d{2})$/
const european = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/

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
  return readDuration(scan, at, announced, argument)
}

/** True for a day that exists: 31 April does not. */
function isDate(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
}
