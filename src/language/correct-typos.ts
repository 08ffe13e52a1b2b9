import type { Language } from '../domain/command-spec.ts'
import { fold } from './fold.ts'
import { nearestWords } from './nearest-word.ts'
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
const mostAlternatives = 4
/** An order with more typos is asked about. */
const mostCorrected = 3

/** For each token of a sentence that no table knows, the keywords that it is near to; those of `language` first. */
export function findCorrections(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  language: Language,
): readonly (readonly Correction[])[] {
  if (tokens.length > longestMessage) return []
  const found: Correction[][] = []
  for (let at = 0; at < tokens.length && found.length < mostTypos; at += 1) {
    const token = tokens[at] as Token
    if (token.kind !== 'word' || vocabulary.known.has(token.fold) || !/^\p{L}{3,24}$/u.test(token.text)) continue
    const near = nearestWords(token.fold, vocabulary.typoIndex)
    if (near.length === 0) continue
    /** A word of this language alone is meant sooner than one that both know. */
    const closeness = (word: string): number => {
      const spoken = vocabulary.languages.get(word)
      return spoken?.has(language) ? 3 - spoken.size : 0
    }
    const alternatives = near
      .map(({ word, distance }) => ({
        at,
        from: token.text,
        to: vocabulary.correctable.get(word) ?? word,
        distance,
        word,
      }))
      .sort((one, other) => closeness(other.word) - closeness(one.word))
    found.push(alternatives.slice(0, mostAlternatives))
  }
  return found
}

/** Every choice of one, two or three corrections, the fewest and nearest first. */
export function choicesOf(corrections: readonly (readonly Correction[])[]): Correction[][] {
  let choices: Correction[][] = [[]]
  for (const alternatives of corrections) {
    const longer = choices.flatMap((choice) =>
      choice.length < mostCorrected ? alternatives.map((correction) => [...choice, correction]) : [],
    )
    choices = [...choices, ...longer].slice(0, mostChoices)
  }
  return choices.slice(1).sort((one, other) => one.length - other.length || distanceOf(one) - distanceOf(other))
}

/** More are not tried: they would cost time, and mean little. */
const mostChoices = 120

/** How many letters a choice changes. */
export const distanceOf = (choice: readonly Correction[]): number =>
  choice.reduce((sum, { distance }) => sum + distance, 0)

/** The sentence with some typos put right; each token keeps its place. */
export function applyCorrections(tokens: readonly Token[], choice: readonly Correction[]): Token[] {
  const corrected = [...tokens]
  for (const { at, to } of choice) {
    const token = corrected[at]
    if (token) corrected[at] = { ...token, text: to, fold: fold(to) }
  }
  return corrected
}
