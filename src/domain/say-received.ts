import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { type Severity, severities } from './alert.ts'

const isSeverity = (name: string): name is Severity => severities.some((each) => each === name)

/** A severity in words; one that only its vendor knows stays as the vendor says it, `null` is a dash. */
export const severityInWords = (name: string | null): Value =>
  name === null ? '–' : isSeverity(name.toLowerCase()) ? phrase(`severity.${name.toLowerCase() as Severity}`) : name

/** What a line of a list says of an alert beside its title, where there is something to say: the service, how often. */
export const aboutAlert = (
  service: string | null,
  count: number,
): { readonly service: Phrase | ''; readonly count: Phrase | '' } => ({
  service: service === null ? '' : phrase('alert.line.service', { service }),
  count: count === 1 ? '' : phrase('alert.line.count', { n: count }),
})
