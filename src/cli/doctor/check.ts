/** What one look of the doctor found: a sentence, and what to do where it is not well. */
export interface Check {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped'
  readonly sentence: string
  readonly remedy?: string
}

/** Looked at, and well. */
export const ok = (check: string, sentence: string): Check => ({ check, state: 'ok', sentence })
/** Not looked at; the sentence says why. */
export const skipped = (check: string, sentence: string): Check => ({ check, state: 'skipped', sentence })
/** It works, but not as it should. */
export const warning = (check: string, sentence: string, remedy: string): Check => ({
  check,
  state: 'warning',
  sentence,
  remedy,
})
/** NOX can't work like this. */
export const failed = (check: string, sentence: string, remedy: string): Check => ({
  check,
  state: 'failed',
  sentence,
  remedy,
})

/** Some at a time: many installations are not asked all at once. */
export async function inTurns<T, R>(items: readonly T[], atOnce: number, one: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < items.length; from += atOnce) {
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(one))))
  }
  return results
}
