import type { Token } from '../tokenize.ts'
import type { ValueReader } from './reader.ts'

/** Letters, digits and dashes; longer words are no shorthand. */
const shape = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,31}$/u

/** The word in front of a `=`, lower case; `null` where none stands there. */
export function readAliasName(tokens: readonly Token[], at: number): string | null {
  const token = tokens[at]
  if (token?.kind !== 'word' || tokens[at + 1]?.text !== '=' || !shape.test(token.text)) return null
  return token.text.toLowerCase()
}

/** A word that is given a meaning: `mep = …`. After its flag the `=` is not needed. */
export const readAlias: ValueReader = ({ tokens }, at, announced) => {
  const name = readAliasName(tokens, at)
  if (name !== null) return { value: name, end: at + 2 }
  const token = tokens[at]
  return announced === 'flag' && token && shape.test(token.text)
    ? { value: token.text.toLowerCase(), end: at + 1 }
    : null
}
