/** Keywords of three letters or fewer are never corrected: too much is close to them. */
const shortestKeyword = 4

/**
 * How many letters a typed word may be away from a keyword: one, and two in a long word
 * or where its first and last letters are right.
 */
function tolerance(word: string, keyword: string): number {
  if (keyword.length < shortestKeyword || word.length < shortestKeyword - 1) return 0
  if (keyword.length >= 8) return 2
  return keyword.length >= 6 && word[0] === keyword[0] && word.at(-1) === keyword.at(-1) ? 2 : 1
}

/** The keyword nearest to a mistyped word, `null` where none is near or two are equally near. */
export function nearestWord(
  word: string,
  keywords: Iterable<string>,
): { readonly word: string; readonly distance: number } | null {
  let best: string | null = null
  let bestDistance = 3
  let tied = false
  for (const keyword of keywords) {
    const allowed = tolerance(word, keyword)
    if (allowed === 0 || Math.abs(keyword.length - word.length) > allowed) continue
    const distance = editDistance(word, keyword)
    if (distance > allowed || distance > bestDistance) continue
    tied = distance === bestDistance && !sameStem(best, keyword)
    if (distance < bestDistance) {
      best = keyword
      bestDistance = distance
    }
  }
  return best === null || tied ? null : { word: best, distance: bestDistance }
}

/** Two forms of one verb are no ambiguity: `affiche`, `affiches`. */
const sameStem = (one: string | null, other: string): boolean => one !== null && one.slice(0, 4) === other.slice(0, 4)

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each 1. */
export function editDistance(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[other.length] ?? 0
}
