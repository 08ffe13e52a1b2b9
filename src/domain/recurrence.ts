import type { Cron } from 'croner'

/** Croner is loaded when a recurrence is first needed: a start does without it. */
async function jobOf(cron: string, timeZone: string): Promise<Cron> {
  const { Cron } = await import('croner')
  return new Cron(cron, { timezone: timeZone, paused: true })
}

/**
 * The next times of a cron line, strictly after a moment: ms since 1970, ascending, fewer than `count` where there are
 * no more. A time that daylight saving skips falls on the first moment after the gap; one that it repeats comes once,
 * but steps (every 15 minutes) go on through both.
 * @throws TypeError for what is no cron line
 */
export async function nextTimes(cron: string, timeZone: string, after: number, count: number): Promise<number[]> {
  const job = await jobOf(cron, timeZone)
  return job.nextRuns(count, new Date(after)).map((time) => time.getTime())
}

/** What lies between two looks at a recurrence. */
export interface DueTimes {
  /** How many are due by then; counted up to `most`. */
  readonly count: number
  /** The newest of those. */
  readonly last: number
  /** The first that is not due yet; `null` = there is none. */
  readonly next: number | null
}

/** The times from `first` (itself a time of the line) up to and with `until`. */
export async function dueTimes(
  cron: string,
  timeZone: string,
  first: number,
  until: number,
  most = 1_000,
): Promise<DueTimes> {
  const job = await jobOf(cron, timeZone)
  let count = 1
  let last = first
  let next = job.nextRun(new Date(first))?.getTime() ?? null
  while (next !== null && next <= until && count < most) {
    count += 1
    last = next
    next = job.nextRun(new Date(last))?.getTime() ?? null
  }
  if (next === null || next > until) return { count, last, next }
  // Far too many to walk through: the newest counts.
  const before = job.previousRuns(1, new Date(until + 1))[0]?.getTime() ?? last
  return { count, last: before, next: job.nextRun(new Date(before))?.getTime() ?? null }
}
