import { cleanText } from '../clean-text.ts'
import { tokenize } from '../tokenize.ts'
import { readRecurrence } from './read-recurrence.ts'

/** Words that say when (`tous les jours à 2h`), or a cron line of five fields → the line; `null` where it is neither. */
export function readCron(text: string): string | null {
  const typed = text.trim().replace(/\s+/g, ' ')
  if (/^(?:[\d*/,-]+ ){4}[\d*/,-]+$/.test(typed)) return typed
  const tokens = tokenize(cleanText(typed, ''), () => false)
  const found = readRecurrence(tokens)
  const isWhole = found && found.start === 0 && tokens.slice(found.end).every(({ kind }) => kind === 'mark')
  return isWhole ? found.cron : null
}
