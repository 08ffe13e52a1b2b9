import { type DueTimes, dueTimes } from '../../domain/recurrence.ts'
import type { Schedule } from '../../domain/schedule.ts'

/** So late a run is still on time (ms): looks come every few seconds, and a restart takes its while. */
const onTime = 2 * 60_000
/** A run that was missed longer ago than this is not caught up (ms). */
const longestCatchUp = 12 * 60 * 60_000

/** What is made of the due times of a schedule. */
export interface TakenUp extends DueTimes {
  /** The newest due time is run. */
  readonly runs: boolean
  /** Due times that came and went while nobody looked: told. */
  readonly missed: number
}

/**
 * One run at most, however many due times passed: the newest, on time or late. One that was missed long ago, or whose
 * successor is nearer than itself, is told and not run.
 */
export async function takeUp({ cron, timeZone, nextDueAt }: Schedule, now: number): Promise<TakenUp | null> {
  if (nextDueAt === null || nextDueAt > now) return null
  const due = await dueTimes(cron, timeZone, nextDueAt, now)
  const late = now - due.last
  if (late <= onTime) return { ...due, runs: true, missed: due.count - 1 }
  const isNearer = due.next !== null && due.next - now < late
  return { ...due, runs: late <= longestCatchUp && !isNearer, missed: due.count }
}
