import { foldName } from './people.ts'

/**
 * Those whose text has every word of a query, in any case and without accents; whose text begins with the query first,
 * then the shorter ones.
 */
export function rankByWords<T>(all: readonly T[], query: string, textOf: (each: T) => string): readonly T[] {
  const wanted = foldName(query)
  const words = [...new Set(wanted.split(/\s+/))].filter((word) => word !== '')
  const found = all
    .map((each) => ({ each, text: foldName(textOf(each)) }))
    .filter(({ text }) => words.every((word) => text.includes(word)))
  const rank = (text: string) => (text.startsWith(wanted) ? 0 : 1)
  return found.sort((a, b) => rank(a.text) - rank(b.text) || a.text.length - b.text.length).map(({ each }) => each)
}
