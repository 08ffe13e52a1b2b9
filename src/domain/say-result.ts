import { type Phrase, phrase } from '../texts/phrase.ts'
import type { AuditRecord } from './audit-record.ts'

/** How it ended, in a word; a message without an order was not refused. */
export const resultOf = ({ command, result }: Pick<AuditRecord, 'command' | 'result'>): Phrase =>
  phrase(command === 'unknown' && result === 'refused' ? 'result.none' : `result.${result}`)
