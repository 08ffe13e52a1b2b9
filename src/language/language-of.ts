import type { Language } from '../domain/command-spec.ts'
import type { Candidate } from './reading.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

const accents = /[àâçéèêëîïôùûœ]/i

/** More words than this tell nothing new about a message's language. */
const enoughWords = 60

/** The language to answer in: of the words that name the command, else of the words around it, else the tenant's. */
export function languageOf(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  candidate: Candidate | null,
  fallback: Language,
): Language {
  const spoken = candidate ? languagesOf(vocabulary, tokens, candidate) : []
  if (spoken.length === 1 && spoken[0]) return spoken[0]
  let balance = 0
  for (const token of tokens.slice(0, enoughWords)) {
    if (token.kind !== 'word') continue
    const known = vocabulary.languages.get(token.fold)
    if (known?.size === 1) balance += known.has('fr') ? 1 : -1
    else if (accents.test(token.text) && !(known && !known.has('fr'))) balance += 1
  }
  if (balance === 0) return fallback
  return balance > 0 ? 'fr' : 'en'
}

/** The languages of the words that name a command: French ones without their accents may be English words too. */
function languagesOf(vocabulary: Vocabulary, tokens: readonly Token[], { phrase, start, end }: Candidate): Language[] {
  const spoken = new Set(phrase.languages)
  for (const match of vocabulary.commandPhrases.matches(tokens, start)) {
    if (match.end !== end) continue
    for (const other of match.entries)
      if (other.command === phrase.command && other.gap === phrase.gap && other.tail.join() === phrase.tail.join())
        for (const language of other.languages) spoken.add(language)
  }
  return [...spoken]
}
