import type { Token } from '../tokenize.ts'
import { environmentWords } from './environment.ts'
import { type Scan, type ValueReader, wordAt } from './reader.ts'

/** Words for the platform as a whole, which say nothing where no name is given. */
export const orchestrators: ReadonlySet<string> = new Set(['kubernetes', 'k8s', 'kube'])

/** Products that run things: never the name of a cluster or a service. */
export const platforms: ReadonlySet<string> = new Set([
  ...orchestrators,
  'slack',
  'notion',
  'confluence',
  'datadog',
  'grafana',
  'alertmanager',
  'prometheus',
  'jira',
  'github',
  'gitlab',
  'docker',
])

const nameShape = /^[\p{L}\p{N}][\p{L}\p{N}._/@:+#-]*$/u

/** True where a token is written as names are, whatever it means. */
export const isNameShaped = (token: Token): boolean =>
  (token.kind === 'word' || token.kind === 'quoted') && token.text.length <= 253 && nameShape.test(token.text)

/** True where a token could be the name of a service or cluster and is no common word. */
export function isPlausibleName({ tokens, vocabulary, command }: Scan, at: number): boolean {
  const token = tokens[at]
  if (!token || !isNameShaped(token)) return false
  if (token.kind === 'quoted') return true
  if (
    platforms.has(token.fold) ||
    environmentWords.has(token.fold) ||
    /^\d+$/.test(token.fold) ||
    vocabulary.inflections.has(token.fold)
  )
    return false
  if (vocabulary.around.longest(tokens, at)) return false
  return !vocabulary.announcements.get(command.name)?.longest(tokens, at)
}

/** A name as written: bare only in the engine's own last step, here after its noun or flag. */
export const readName: ValueReader = (scan, at, announced) => {
  const token = scan.tokens[at]
  if (!announced || !token) return null
  if (announced === 'flag') return isNameShaped(token) ? { value: token.text, end: at + 1 } : null
  const directlyAfter = !['de', 'd', 'of', 'en', 'in', 'to'].includes(wordAt(scan.tokens, at - 1))
  const isEnvironment = token.kind === 'word' && environmentWords.has(token.fold)
  return isPlausibleName(scan, at) || (isEnvironment && directlyAfter) ? { value: token.text, end: at + 1 } : null
}
