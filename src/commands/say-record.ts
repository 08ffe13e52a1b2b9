import type { AuditRecord } from '../domain/audit-record.ts'
import { zoneName } from '../domain/say-zone.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { commandName, doneTo } from './done-to.ts'
import { inEnvironment } from './find-target.ts'

/** What was ordered, in words: `déployer user-api en staging`. */
export function whatOf({ command, resource, environment, actionNumber }: AuditRecord): Phrase {
  const done =
    resource === null
      ? commandName(command)
      : doneTo(command, command.startsWith('zone.') ? zoneName(resource) : resource)
  const where = inEnvironment(environment ?? undefined)
  return actionNumber === null
    ? phrase('audit.what', { done, where })
    : phrase('audit.what.numbered', { n: String(actionNumber), done, where })
}
