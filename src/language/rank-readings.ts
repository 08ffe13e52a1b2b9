import type { Reading } from './reading.ts'

/** True for a reading that can be acted on: an order, with nothing left over. */
export const fits = (reading: Reading): boolean => !reading.isNoOrder && reading.leftover.length === 0

/**
 * The better of two readings that both fit, for these reasons in this order: more words name its command,
 * they stand together, fewer arguments are missing, it is named earlier. 0 where none of them tells.
 */
export function compareReadings(one: Reading, other: Reading): number {
  return (
    other.candidate.phrase.size - one.candidate.phrase.size ||
    Number(one.candidate.phrase.gap) - Number(other.candidate.phrase.gap) ||
    one.missing.length - other.missing.length ||
    one.candidate.start - other.candidate.start
  )
}

/** Readings from best to worst, one for each command. */
export function rankReadings(readings: readonly Reading[]): Reading[] {
  const seen = new Set<string>()
  return [...readings].sort(compareReadings).filter((reading) => {
    const { name } = reading.candidate.phrase.command
    return !seen.has(name) && seen.add(name)
  })
}

/** A read and a write that fit the same words are an ambiguity where neither has more words, and words apart from the other's. */
export function isAmbiguous(best: Reading, next: Reading | undefined): boolean {
  if (!next || next.candidate.phrase.size !== best.candidate.phrase.size) return false
  if (next.candidate.start < best.candidate.end) return false
  const effects = new Set([best, next].map((reading) => reading.candidate.phrase.command.effect))
  return (
    effects.size === 2 && best.missing.length >= next.missing.length && best.candidate.start !== next.candidate.start
  )
}
