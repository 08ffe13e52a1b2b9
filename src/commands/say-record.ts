import type { AuditRecord } from '../domain/audit-record.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { commandName, doneTo } from './done-to.ts'
import { inEnvironment } from './find-target.ts'

/** What was ordered, in words: `Déployer user-api en staging`. */
export function whatOf({ command, resource, environment, actionNumber }: AuditRecord): Phrase {
  const done = resource === null ? commandName(command) : doneTo(command, resource)
  const where = inEnvironment(environment ?? undefined)
  return actionNumber === null
    ? phrase('audit.what', { done, where })
    : phrase('audit.what.numbered', { n: String(actionNumber), done, where })
}

/** How it ended, in a word. */
export const resultOf = ({ command, result }: AuditRecord): Phrase =>
  phrase(command === 'unknown' && result === 'refused' ? 'result.none' : `result.${result}`)
