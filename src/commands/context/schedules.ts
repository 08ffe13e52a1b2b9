import type { Schedule, ScheduleState } from '../../domain/schedule.ts'

/** The tenant's schedules, as commands make, list and end them. */
export interface ScheduleDesk {
  /** Those that may still run, oldest first. */
  list(filter: { readonly ownerId?: string; readonly limit: number }): Promise<readonly Schedule[]>
  findByNumber(number: number): Promise<Schedule | null>
  /** The same id again changes nothing. */
  create(schedule: Schedule): Promise<void>
  /** `false` = it was in none of the states `from`. */
  setState(
    id: string,
    change: {
      readonly from: readonly ScheduleState[]
      readonly to: ScheduleState
      readonly nextDueAt: number | null
    },
  ): Promise<boolean>
}
