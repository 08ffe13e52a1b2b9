/** Does a name fit a pattern in which `*` stands for anything? Case does not matter. Linear in both lengths. */
export function matches(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = name.toLowerCase()
  let p = 0
  let n = 0
  let star = -1
  let retry = 0
  while (n < given.length) {
    if (wanted[p] === '*') {
      star = p
      p += 1
      retry = n
    } else if (wanted[p] === given[n]) {
      p += 1
      n += 1
    } else if (star >= 0) {
      p = star + 1
      retry += 1
      n = retry
    } else {
      return false
    }
  }
  while (wanted[p] === '*') p += 1
  return p === wanted.length
}

/** Does any of these names fit any of these patterns? */
export const matchesAny = (patterns: readonly string[], names: readonly string[]): boolean =>
  patterns.some((pattern) => names.some((name) => matches(pattern, name)))
