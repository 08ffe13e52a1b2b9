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

/** Like `fold`, and a final `é` goes too: what people type who write without accents. */
export function foldWithoutAccents(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(marks, '').replaceAll('œ', 'oe').replaceAll('’', "'")
}
