import type { Token } from './tokenize.ts'
import { wordAt } from './values/reader.ts'
import type { Vocabulary } from './vocabulary.ts'

/** No message has more politeness than this in a row: more would only cost time. */
export const mostPolite = 20

/** The place after a mark or polite words; the same place where none stand there. */
export function skipOne(vocabulary: Vocabulary, tokens: readonly Token[], at: number): number {
  const token = tokens[at]
  if (token?.kind === 'mark') return at + 1
  if (wordAt(tokens, at) === '') return at
  const match = vocabulary.around.longest(tokens, at)
  return match?.entries.includes('polite') || match?.entries.includes('requests') ? match.end : at
}

/** The place after all marks and polite words. */
export function skipAround(vocabulary: Vocabulary, tokens: readonly Token[], from: number): number {
  let at = from
  for (let skipped = 0; skipped < mostPolite; skipped += 1) {
    const next = skipOne(vocabulary, tokens, at)
    if (next === at) return at
    at = next
  }
  return at
}
