/** Takes one from a key's allowance; `false` = it is used up for now. */
export type Take = (key: string) => boolean

const mostKeys = 10_000

/** Token buckets in memory, one a key. @param perSecond what a bucket gains; @param burst what it holds */
export function createRateLimit(perSecond: number, burst: number, now: () => number): Take {
  const buckets = new Map<string, { left: number; at: number }>()
  return (key) => {
    const at = now()
    const known = buckets.get(key)
    const left = known ? Math.min(burst, known.left + (Math.max(0, at - known.at) / 1000) * perSecond) : burst
    const isTaken = left >= 1
    buckets.delete(key)
    buckets.set(key, { left: isTaken ? left - 1 : left, at })
    // The one that was quiet for longest is full again, or nearly.
    if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value ?? '')
    return isTaken
  }
}
