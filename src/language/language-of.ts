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
  const spoken = candidate ? languagesOf(vocabulary, tokens, candidate) : null
  const [only, other] = spoken?.all ?? []
  if (only && !other) return only
  let balance = 0
  for (let at = 0; at < tokens.length && at < enoughWords; at += 1) {
    const token = tokens[at] as Token
    if (token.kind !== 'word') continue
    const known = vocabulary.languages.get(token.fold)
    if (known?.size === 1) balance += known.has('fr') ? 1 : -1
    else if (accents.test(token.text) && !(known && !known.has('fr'))) balance += 1
  }
  if (balance === 0) return spoken?.asTyped ?? fallback
  return balance > 0 ? 'fr' : 'en'
}

/** The languages of the words that name a command: French ones without their accents may be English words too. */
function languagesOf(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  { phrase, start, end }: Candidate,
): { all: readonly Language[]; asTyped: Language | null } {
  const all = new Set(phrase.languages)
  const plain = new Set<Language>()
  for (const match of vocabulary.commandPhrases.matches(tokens, start)) {
    if (match.end !== end) continue
    for (const other of match.entries) {
      if (other.command !== phrase.command || other.gap !== phrase.gap || other.tail.join() !== phrase.tail.join())
        continue
      for (const language of other.languages) {
        all.add(language)
        if (!accents.test(other.phrase)) plain.add(language)
      }
    }
  }
  const isAccented = tokens.slice(start, end).some(({ text }) => accents.test(text))
  if (isAccented && all.has('fr')) return { all: ['fr'], asTyped: 'fr' }
  const [first, second] = plain
  return { all: [...all], asTyped: first && !second ? first : null }
}
