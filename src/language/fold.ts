const ascii = /^[\x20-\x7e]*$/
const pastEnding = /é(e?s?)$/
const marks = /\p{M}/gu

/**
 * The form in which words are compared: lower case, no accents, straight apostrophes.
 * A final `é`, `ée`, `és`, `ées` stays: `sauvegardé` is the past, `sauvegarde` the order.
 */
export function fold(word: string): string {
  const lower = word.toLowerCase()
  if (ascii.test(lower)) return lower
  const composed = lower.normalize('NFC')
  const plain = foldWithoutAccents(composed)
  const past = pastEnding.exec(composed)
  if (!past) return plain
  const ending = past[1] ?? ''
  return `${plain.slice(0, plain.length - ending.length - 1)}é${ending}`
}

/** The accented letters of French and the curly apostrophe, folded without the cost of a decomposition. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ...[...'àâäéèêëîïôöùûüÿç'].map((char): [string, string] => [char, char.normalize('NFD')[0] ?? char]),
  ['œ', 'oe'],
  ['’', "'"],
])

const foldRare = (lower: string): string =>
  lower.normalize('NFD').replace(marks, '').replaceAll('œ', 'oe').replaceAll('’', "'")

/** Like `fold`, and a final `é` goes too: what people type who write without accents. */
export function foldWithoutAccents(word: string): string {
  const lower = word.toLowerCase()
  if (ascii.test(lower)) return lower
  let plain = ''
  for (const char of lower) {
    const known = char <= '~' ? char : plainLetters.get(char)
    if (known === undefined) return foldRare(lower)
    plain += known
  }
  return plain
}
