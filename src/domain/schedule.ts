import type { Language, ParsedOrder } from './command-spec.ts'
import type { Place } from './request.ts'

/** `active`: it runs at its times; `paused`: until someone resumes it; `cancelled`, `ended` (its owner left): never again. */
export type ScheduleState = 'active' | 'paused' | 'cancelled' | 'ended'

/** States that may still lead to a run. */
export const openScheduleStates: readonly ScheduleState[] = ['active', 'paused']

/** An order that is given again and again by itself. */
export interface Schedule {
  readonly tenantId: string
  /** The id of the order that made it. */
  readonly id: string
  /** The number of that order: people name it by this. */
  readonly number: number
  /** Whose rights count at each run. */
  readonly ownerId: string
  readonly order: ParsedOrder
  readonly language: Language
  /** Five fields, read in `timeZone`. */
  readonly cron: string
  readonly timeZone: string
  /** Where each run is told. */
  readonly place: Place
  readonly state: ScheduleState
  /** ms since 1970; `null` unless it is active. */
  readonly nextDueAt: number | null
  readonly lastRunAt: number | null
  readonly createdAt: number
}
