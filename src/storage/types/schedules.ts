import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Schedule, ScheduleState } from '../../domain/schedule.ts'
import type { Accepted, NewAction } from './ledger.ts'

/** A schedule that is due, seen across tenants: nothing of what it orders. */
export interface DueSchedule {
  readonly tenantId: string
  readonly id: string
  readonly dueAt: number
}

/** How one due time is taken up. */
export interface ScheduleRun {
  /** The time that the schedule stands at: it moves on from there, once. */
  readonly from: number
  /** The time that is run; not before `from`. */
  readonly dueAt: number
  /** The first time after it; `null` = there is none. */
  readonly nextDueAt: number | null
  /** `null` = it is missed: told, and not run. */
  readonly action: NewAction | null
  readonly audit?: AuditEntry
}

/** Orders that are given again and again. */
export interface Schedules {
  /** Inserts; the same id again changes nothing. */
  create(schedule: Schedule): Promise<void>
  find(tenantId: string, id: string): Promise<Schedule | null>
  findByNumber(tenantId: string, number: number): Promise<Schedule | null>
  /** Oldest first. */
  list(
    tenantId: string,
    filter: { readonly ownerId?: string; readonly states: readonly ScheduleState[]; readonly limit: number },
  ): Promise<readonly Schedule[]>
  /** Leads from one of some states to another, once (`false` = it was in none of them), with an audit record if given. */
  setState(
    tenantId: string,
    id: string,
    change: {
      readonly from: readonly ScheduleState[]
      readonly to: ScheduleState
      readonly nextDueAt: number | null
      readonly audit?: AuditEntry
    },
  ): Promise<boolean>
  /** Other hours, as the tenant is in another zone now; nothing where it is active no more. */
  setTimes(
    tenantId: string,
    id: string,
    times: { readonly timeZone: string; readonly nextDueAt: number | null },
  ): Promise<void>
  /** Across tenants: what is due, the longest due first. */
  listDue(now: number, limit: number): Promise<readonly DueSchedule[]>
  /** Across tenants: active ones whose time zone is no longer their tenant's. */
  listMoved(limit: number): Promise<readonly Omit<DueSchedule, 'dueAt'>[]>
  /**
   * One unit: the due time, the schedule's next one, and the run's action with its number and quota.
   * `null` = this due time was taken up already, or the schedule is active no more: nothing was written.
   */
  startRun(tenantId: string, id: string, run: ScheduleRun): Promise<Accepted | 'missed' | null>
  /** Due times that were taken up, newest first; `actionId` null = missed. */
  runs(
    tenantId: string,
    id: string,
    limit: number,
  ): Promise<readonly { readonly dueAt: number; readonly actionId: string | null }[]>
}
