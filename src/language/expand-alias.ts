import type { CleanText } from './clean-text.ts'
import { skipAround } from './skip-around.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A tenant's own words for the beginning of an order, by their folded names. */
export type AliasTexts = ReadonlyMap<string, string>

/**
 * Puts in the place of an alias that begins an order what it stands for, once: what it stands for is not looked
 * through for others. `null` where no alias stands there.
 */
export function expandAlias(
  vocabulary: Vocabulary,
  clean: CleanText,
  tokens: readonly Token[],
  aliases: AliasTexts,
): { readonly clean: CleanText; readonly name: string; readonly text: string } | null {
  const token = tokens[skipAround(vocabulary, tokens, 0)]
  const text = token?.kind === 'word' ? aliases.get(token.fold) : undefined
  if (!token || text === undefined) return null
  const longer = text.length - (token.end - token.start)
  const references = clean.references.map((reference) =>
    reference.start < token.end
      ? reference
      : { ...reference, start: reference.start + longer, end: reference.end + longer },
  )
  const whole = clean.text.slice(0, token.start) + text + clean.text.slice(token.end)
  return { clean: { ...clean, text: whole, references }, name: token.fold, text }
}
