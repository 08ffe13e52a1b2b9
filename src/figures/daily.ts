import { dayKey } from '../permissions/index.ts'
import type { CountedAction } from '../storage/types/ledger.ts'
import { deployed, median, restores } from './analyse.ts'

/** What was done on each day of a period, in the tenant's zone; one number a day, `null` = nothing to measure. */
export interface Daily {
  /** `2026-11-23`, oldest first. */
  readonly days: readonly string[]
  /** Every action once, on the day when it was asked for. */
  readonly done: readonly number[]
  readonly failed: readonly number[]
  /** Refused, cancelled, expired, or not ended yet. */
  readonly notRun: readonly number[]
  readonly deployments: {
    readonly done: readonly number[]
    readonly failed: readonly number[]
    readonly rollbacks: readonly number[]
  }
  /** Median of the deployments that went well, ms. */
  readonly duration: readonly (number | null)[]
  /** Median of the troubles that ended that day, ms. */
  readonly restore: readonly (number | null)[]
}

/** The last days of a zone's calendar, today included, oldest first. */
export function lastDays(now: number, count: number, timeZone: string): readonly string[] {
  const today = Date.parse(`${dayKey(now, timeZone)}T00:00:00Z`)
  return Array.from({ length: count }, (_, index) =>
    new Date(today - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  )
}

const isFailed = ({ state }: CountedAction) => state === 'failed' || state === 'unknown'
const isDone = ({ state }: CountedAction) => state === 'done'

/** The same actions that `analyse` counts, by day. @param actions oldest first */
export function daily(actions: readonly CountedAction[], days: readonly string[], timeZone: string): Daily {
  const askedOn = Map.groupBy(actions, ({ createdAt }) => dayKey(createdAt, timeZone))
  const of = (day: string) => askedOn.get(day) ?? []
  const count = (fits: (action: CountedAction) => boolean) => days.map((day) => of(day).filter(fits).length)
  const isDeploy = ({ command }: CountedAction) => command === 'deploy'
  const changes = actions.filter(deployed)
  const restoredOn = Map.groupBy(restores(changes), ({ at }) => dayKey(at, timeZone))
  return {
    days,
    done: count(isDone),
    failed: count(isFailed),
    notRun: count((action) => !isDone(action) && !isFailed(action)),
    deployments: {
      done: count((action) => isDeploy(action) && isDone(action)),
      failed: count((action) => isDeploy(action) && isFailed(action)),
      rollbacks: count((action) => action.command === 'rollback' && isDone(action)),
    },
    duration: days.map((day) =>
      median(
        of(day).flatMap(({ command, state, startedAt, finishedAt }) =>
          command === 'deploy' && state === 'done' && startedAt !== null && finishedAt !== null
            ? [finishedAt - startedAt]
            : [],
        ),
      ),
    ),
    restore: days.map((day) => median((restoredOn.get(day) ?? []).map(({ ms }) => ms))),
  }
}
