import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { type Meaning, type MetricSubject, type MetricWanted, meanings } from './metrics.ts'

/** A query for each meaning; `$service`, `$env`, `$namespace` and `$deployment` stand for what it is about. */
export type MetricQueries = Readonly<Record<Meaning, string>>

/** Names that mean nothing in a query language. */
const harmless = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/

const isMeaning = (text: string): text is Meaning => meanings.some((each) => each === text)

/**
 * Reads an admin's own queries, one a line: `cpu = avg:my.cpu{service:$service}`.
 * @returns `null` = a line is not so
 */
export function readQueries(lines: string): Partial<MetricQueries> | null {
  const queries: Partial<Record<Meaning, string>> = {}
  for (const line of lines.split('\n')) {
    if (line.trim() === '') continue
    const at = line.indexOf('=')
    const [meaning, query] = [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
    if (at < 0 || query === '' || !isMeaning(meaning)) return null
    queries[meaning] = query
  }
  return queries
}

/** The query in the vendor's language. @throws NoxError `bad-input` where a name could change what the query means */
export function queryFor(wanted: MetricWanted, queries: MetricQueries): string {
  if ('query' in wanted) return wanted.query
  const { service, environment, namespace, deployment }: MetricSubject = wanted.about
  const names: Readonly<Record<string, string>> = { service, env: environment, namespace, deployment }
  return queries[wanted.meaning].replace(/\$(service|env|namespace|deployment)\b/g, (_, name: string) => {
    const value = names[name] ?? ''
    if (harmless.test(value)) return value
    throw new NoxError('bad-input', 'a name that a query cannot hold', {
      forPerson: phrase('metrics.name', { name: value }),
    })
  })
}

/** A vendor could not read a query. @param message its own words, for the log */
export const unreadableQuery = (vendor: string, message: string): NoxError =>
  new NoxError('bad-input', `${vendor} cannot read the query`, {
    forPerson: phrase('metrics.badQuery', { vendor }),
    facts: { vendor, message: message.slice(0, 200) },
  })
