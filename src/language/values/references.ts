import { type ValueReader, wordAt } from './reader.ts'

const keyShape = /^[a-z][a-z0-9]*-\d{1,9}$/
/** Word characters with a digit among them. */
const numbered = /^#?[A-Za-z_-]*\d[\w-]*$/
const emailShape = /^[^\s@<>|]+@[^\s@<>|]+\.[a-z]+$/

/** A number that people see, without its `#`, or an incident's `INC-42`. */
export const readId: ValueReader = ({ tokens }, at, announced) => {
  const word = wordAt(tokens, at).replace(/^[#n]°?/, (mark) => (mark === 'n' ? mark : ''))
  if (/^\d{1,18}$/.test(word)) return { value: word, end: at + 1 }
  if (keyShape.test(word)) return { value: word.toUpperCase(), end: at + 1 }
  const token = tokens[at]
  return announced && token && numbered.test(token.text) ? { value: token.text.replace(/^#/, ''), end: at + 1 } : null
}

/** A ticket's key, upper case. */
export const readKey: ValueReader = ({ tokens }, at) => {
  if (!wordAt(tokens, at).includes('-')) return null
  const word = wordAt(tokens, at).replace(/^#/, '')
  return keyShape.test(word) ? { value: word.toUpperCase(), end: at + 1 } : null
}

/** A mail address, lower case. */
export const readEmail: ValueReader = ({ tokens }, at) => {
  if (!tokens[at]?.text.includes('@')) return null
  const word = tokens[at]?.kind === 'word' ? (tokens[at]?.text.toLowerCase() ?? '') : ''
  return emailShape.test(word) ? { value: word, end: at + 1 } : null
}

const userId = /^[UW][A-Z0-9]{2,}(?:_[TE][A-Z0-9]{2,})?$/
const firstPerson = new Set(['je', 'j', 'mon', 'ma', 'mes', 'i', 'my', 'mine', 'myself'])
const meAfter = new Set(['de', 'par', 'pour', 'a', 'of', 'by', 'from', 'for', 'actor'])
const whoever = new Set(['qui', 'who', 'anyone', 'anybody'])

/** A person: the Slack id of a mention, `me`, or `anyone`. */
export const readActor: ValueReader = ({ tokens }, at, announced) => {
  const token = tokens[at]
  if (token?.kind === 'mention') return { value: token.text, end: at + 1 }
  const word = wordAt(tokens, at)
  if (announced && token && userId.test(token.text)) return { value: token.text, end: at + 1 }
  if (
    firstPerson.has(word) ||
    ((word === 'moi' || word === 'me') && (announced || meAfter.has(wordAt(tokens, at - 1))))
  )
    return { value: 'me', end: at + 1 }
  return whoever.has(word) ? { value: 'anyone', end: at + 1 } : null
}
