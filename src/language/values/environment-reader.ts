import { indexWords, nearestWords } from '../nearest-word.ts'
import { commonEnvironments, environmentWords } from './environment.ts'
import { type ValueReader, wordAt } from './reader.ts'

const environmentIndex = indexWords(environmentWords.keys())

// A word this near to a known environment is a typo to be asked about, no environment of its own.
const isNearKnown = (word: string): boolean => /^\p{L}+$/u.test(word) && nearestWords(word, environmentIndex).length > 0

/** `prod`, `en recette`; after its noun or a flag also a name that the tenant defined, as written. */
export const readEnvironment: ValueReader = ({ tokens, vocabulary, environments, command }, at, announced) => {
  const token = tokens[at]
  if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) return null
  const isPlaced =
    vocabulary.placePrepositions.has(wordAt(tokens, at - 1)) || ['on', 'sur'].includes(wordAt(tokens, at - 1))
  if (token.kind === 'quoted' && !announced && !isPlaced) return null
  const own = environments.get(token.fold)
  if (own !== undefined && (announced || isPlaced)) return { value: own, end: at + 1 }
  // Where branches are spoken of, "develop" alone is one of them.
  if (token.fold === 'develop' && !announced && !isPlaced && command.arguments.some(({ kind }) => kind === 'branch'))
    return null
  const known = environmentWords.get(token.fold)
  if (known) return { value: known.value, end: at + 1 }
  const isOther =
    /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(token.text) && (announced === 'flag' || !vocabulary.known.has(token.fold))
  if (announced && isOther && !isNearKnown(token.fold)) return { value: token.text, end: at + 1 }
  if (!commonEnvironments.has(token.fold)) return null
  const article = ['the', 'l', 'la', 'le'].includes(wordAt(tokens, at - 1)) ? 1 : 0
  const before = wordAt(tokens, at - 1 - article)
  const afterPlace = announced || vocabulary.placePrepositions.has(before) || before === 'on' || before === 'sur'
  return afterPlace && commonEnvironments.has(token.fold) ? { value: token.fold, end: at + 1 } : null
}
