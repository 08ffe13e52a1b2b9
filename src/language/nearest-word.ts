/** Keywords of three letters or fewer are never corrected: too much is close to them. */
const shortestKeyword = 4
/** The most letters that a correction changes. */
const mostDistance = 2

/**
 * How many letters a typed word may be away from a keyword: one, and two in a long word
 * or where its first and last letters are right. A short word must begin as the keyword does.
 */
function tolerance(word: string, keyword: string): number {
  if (keyword.length < shortestKeyword || word.length < shortestKeyword - 1) return 0
  if (keyword.length >= 8) return 2
  if (keyword.length <= 5 && word[0] !== keyword[0] && word[1] !== keyword[0]) return 0
  return keyword.length >= 6 && word[0] === keyword[0] && word.at(-1) === keyword.at(-1) ? 2 : 1
}

/** A keyword with what tells quickly that a word is far from it. */
interface Entry {
  readonly word: string
  readonly letters: number
}

/** Keywords in which the nearest to a mistyped word is found. */
export interface WordIndex {
  /** Keywords by their length. */
  readonly byLength: readonly (readonly Entry[] | undefined)[]
}

/** Sorts keywords for `nearestWord`. */
export function indexWords(keywords: Iterable<string>): WordIndex {
  const byLength: Entry[][] = []
  for (const word of keywords) {
    byLength[word.length] ??= []
    byLength[word.length]?.push({ word, letters: lettersOf(word) })
  }
  return { byLength }
}

/** One bit for each letter that a word holds. */
function lettersOf(word: string): number {
  let bits = 0
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) % 32)
  return bits
}

/** How many bits two sets do not share: each edit changes two at most. */
function bitsApart(one: number, other: number): number {
  let bits = one ^ other
  bits -= (bits >>> 1) & 0x55555555
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** A keyword that a mistyped word may have meant. */
export interface NearWord {
  readonly word: string
  readonly distance: number
}

/** Longer keywords first among those equally near: a letter is sooner forgotten than added. */
const lengthSteps = [0, 1, -1, 2, -2]

/** The keywords nearest to a mistyped word: none, one, or several that are equally near. */
export function nearestWords(word: string, { byLength }: WordIndex): readonly NearWord[] {
  let found: NearWord[] = []
  let bestDistance = mostDistance
  const letters = lettersOf(word)
  for (const step of lengthSteps) {
    for (const entry of byLength[word.length + step] ?? []) {
      if (bitsApart(letters, entry.letters) > 2 * bestDistance) continue
      const allowed = Math.min(tolerance(word, entry.word), bestDistance)
      if (allowed === 0 || Math.abs(step) > allowed) continue
      const distance = editDistance(word, entry.word)
      if (distance > allowed) continue
      if (distance < bestDistance) found = []
      bestDistance = distance
      found.push({ word: entry.word, distance })
    }
  }
  return found
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each 1. */
export function editDistance(one: string, other: string): number {
  const width = other.length + 1
  let beforeLast = new Uint16Array(width)
  let last = new Uint16Array(width)
  let row = new Uint16Array(width)
  for (let j = 0; j < width; j += 1) last[j] = j
  for (let i = 1; i <= one.length; i += 1) {
    row[0] = i
    for (let j = 1; j < width; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row[j] = cost
    }
    const spare = beforeLast
    beforeLast = last
    last = row
    row = spare
  }
  return last[other.length] ?? 0
}
