import { readNumber } from './numbers.ts'
import { type ValueReader, wordAt } from './reader.ts'

const lineLimits = { min: 1, max: 5000 }
const lineNouns = new Set(['ligne', 'lignes', 'line', 'lines', 'logs', 'log'])
const between = new Set(['dernieres', 'derniers', 'last', 'premieres', 'first', 'latest', 'recent', 'more'])
/** What is counted when a service is scaled. */
export const replicaNouns: ReadonlySet<string> = new Set([
  'replica',
  'replicas',
  'instance',
  'instances',
  'pod',
  'pods',
])

/** How many: `5`, `cinq`, `5 réplicas`. */
export const readCount: ValueReader = ({ tokens }, at, _announced) => {
  const value = readNumber(wordAt(tokens, at))
  if (value === null) return null
  // "de 2 à 5 réplicas": what counts is where it goes.
  const goal = ['a', 'to'].includes(wordAt(tokens, at + 1)) ? readNumber(wordAt(tokens, at + 2)) : null
  if (goal !== null && ['de', 'from'].includes(wordAt(tokens, at - 1)))
    return { value: goal, end: replicaNouns.has(wordAt(tokens, at + 3)) ? at + 4 : at + 3 }
  const isArticle = /^(un|une|one)$/.test(wordAt(tokens, at)) && !replicaNouns.has(wordAt(tokens, at + 1))
  if (isArticle && at + 1 < tokens.length) return null
  return { value, end: replicaNouns.has(wordAt(tokens, at + 1)) ? at + 2 : at + 1 }
}

/** A revision's number. */
export const readRevision: ValueReader = ({ tokens }, at) => {
  const word = wordAt(tokens, at).replace(/^#/, '')
  return /^\d{1,9}$/.test(word) ? { value: Number(word), end: at + 1 } : null
}

/** A number of lines, 1 to 5000: `100 lignes`, `200 dernières lignes`, `tail 100`. Outside: a problem that tells the range. */
export const readLines: ValueReader = ({ tokens }, at) => {
  const value = readNumber(wordAt(tokens, at))
  if (value === null || (value < 2 && /^\D/.test(wordAt(tokens, at)))) return null
  let end = at + 1
  if (between.has(wordAt(tokens, end))) end += 1
  end = lineNouns.has(wordAt(tokens, end)) ? end + 1 : at + 1
  if (value >= lineLimits.min && value <= lineLimits.max) return { value, end }
  return { value, end, problem: { argument: 'lines', reason: 'range', ...lineLimits } }
}
