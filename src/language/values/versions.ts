import { isNameShaped } from './names.ts'
import { type ValueReader, wordAt } from './reader.ts'

const version = /^v?\d+(?:\.\d+){1,3}(?:[-+][\w.+-]+)?$|^v\d+(?:[-+][\w.+-]+)?$/i
const startsVersion = /^[v\d]/i
const refShape = /^[\p{L}\p{N}_][\p{L}\p{N}._/@#+-]*$/u
const trunks = new Set(['main', 'master', 'develop'])

/** A branch: any name after its noun, `feature/auth` or `main` bare. `develop` after a preposition is an environment. */
export const readBranch: ValueReader = ({ tokens, vocabulary, command }, at, announced) => {
  const token = tokens[at]
  if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) return null
  const bare = token.kind === 'word' && (token.text.includes('/') || trunks.has(token.fold))
  if (!announced) {
    const before = wordAt(tokens, at - 1)
    const afterPlace = vocabulary.placePrepositions.has(before) || before === 'on' || before === 'sur'
    if (!bare || (token.fold === 'develop' && afterPlace)) return null
    // Where repositories are spoken of, `acme/user-api` is one of them.
    const isRepository = command.arguments.some(({ name }) => name === 'repository') && token.text.includes('/')
    if (isRepository && before !== 'on' && before !== 'sur') return null
  } else if (announced === 'noun' && !bare && vocabulary.around.longest(tokens, at)) {
    return null
  }
  return refShape.test(token.text) && !token.text.includes('//') ? { value: token.text, end: at + 1 } : null
}

/** A release: any name after its noun, bare where it looks like `v1.2.3` or `2026.11.1`. */
export const readTag: ValueReader = ({ tokens, vocabulary }, at, announced) => {
  const token = tokens[at]
  if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) return null
  if (startsVersion.test(token.text) && version.test(token.text)) return { value: token.text, end: at + 1 }
  if (!announced || !isNameShaped(token)) return null
  if (announced === 'noun' && vocabulary.around.longest(tokens, at)) return null
  return { value: token.text, end: at + 1 }
}

/** A commit: 7 to 40 hexadecimal digits, with a letter and a digit among them. */
export const readSha: ValueReader = ({ tokens }, at) => {
  const token = tokens[at]
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return null
  if (token.fold.length < 7) return null
  const isSha = /^[0-9a-f]{7,40}$/.test(token.fold) && /[a-f]/.test(token.fold) && /\d/.test(token.fold)
  return isSha ? { value: token.fold, end: at + 1 } : null
}
