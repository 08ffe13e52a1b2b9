import { nearestWord } from './nearest-word.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A token that was mistyped, and what it may have been. */
export interface Correction {
  readonly at: number
  readonly from: string
  readonly to: string
  readonly distance: number
}

/** Typos are looked for in messages of at most this many words: longer ones are no orders, and time is bounded. */
const longestMessage = 60
const mostTypos = 6

/** The tokens of a sentence that no table knows and that are near to a keyword. */
export function findCorrections(vocabulary: Vocabulary, tokens: readonly Token[]): Correction[] {
  if (tokens.length > longestMessage) return []
  const found: Correction[] = []
  tokens.forEach((token, at) => {
    if (found.length >= mostTypos || token.kind !== 'word') return
    if (!/^\p{L}{3,24}$/u.test(token.text) || vocabulary.known.has(token.fold)) return
    const near = nearestWord(token.fold, vocabulary.typoIndex)
    if (near)
      found.push({
        at,
        from: token.text,
        to: vocabulary.correctable.get(near.word) ?? near.word,
        distance: near.distance,
      })
  })
  return found
}

/** Every choice of one, two or three corrections, the fewest and nearest first. */
export function choicesOf(corrections: readonly Correction[]): Correction[][] {
  const choices: Correction[][] = [[]]
  for (const correction of corrections)
    for (const choice of [...choices]) if (choice.length < 3) choices.push([...choice, correction])
  const distance = (choice: readonly Correction[]): number => choice.reduce((sum, { distance: away }) => sum + away, 0)
  return choices.slice(1).sort((one, other) => one.length - other.length || distance(one) - distance(other))
}

/** The sentence with some typos put right; each token keeps its place. */
export function applyCorrections(
  tokens: readonly Token[],
  choice: readonly Correction[],
  fold: (word: string) => string,
): Token[] {
  const corrected = [...tokens]
  for (const { at, to } of choice) {
    const token = corrected[at]
    if (token) corrected[at] = { ...token, text: to, fold: fold(to) }
  }
  return corrected
}
