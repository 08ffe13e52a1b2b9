import type { Language } from '../domain/command-spec.ts'
import type { Candidate } from './reading.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** More words than this tell nothing new about a message's language. */
const enoughWords = 60

/** The language to answer in: of the words that name the command, else of the words around it, else the tenant's. */
export function languageOf(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  candidate: Candidate | null,
  fallback: Language,
): Language {
  const spoken = candidate?.phrase.languages ?? []
  if (spoken.length === 1 && spoken[0]) return spoken[0]
  let balance = 0
  for (const token of tokens.slice(0, enoughWords)) {
    if (token.kind !== 'word') continue
    const known = vocabulary.languages.get(token.fold)
    if (known?.size === 1) balance += known.has('fr') ? 1 : -1
    else if (!known && /[àâçéèêëîïôùûœ]/i.test(token.text)) balance += 1
  }
  if (balance === 0) return fallback
  return balance > 0 ? 'fr' : 'en'
}
