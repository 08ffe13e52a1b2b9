import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { AuditRecord } from './audit-record.ts'

/** Rules under which NOX asked back instead of refusing: several readings, words left over, a value out of range. */
const askedBack: ReadonlySet<unknown> = new Set(['leftover', 'ambiguous', 'range'])

/** How it ended, in a word: a message without an order was not refused, and a question that nobody answered neither. */
export const resultOf = (record: Pick<AuditRecord, 'command' | 'result' | 'details'>): Phrase => phrase(keyOf(record))

function keyOf({ command, result, details }: Pick<AuditRecord, 'command' | 'result' | 'details'>): TextKey {
  if (command === 'unknown' && result === 'refused') return 'result.none'
  const isUnanswered =
    (result === 'refused' && askedBack.has(details.rule)) || (result === 'expired' && details.waitingFor === 'argument')
  return isUnanswered ? 'result.unanswered' : `result.${result}`
}
