import type { ReportPeriod, ReportSpan } from '../domain/report.ts'
import { dayKey, startOfDayKey, weekClock } from '../permissions/index.ts'

const day = 86_400_000
const noon = 12 * 60

const shifted = (key: string, days: number): string =>
  new Date(Date.parse(`${key}T00:00:00Z`) + days * day).toISOString().slice(0, 10)

/** The first day of the period that a day is in. */
function firstDay(period: ReportPeriod, key: string): string {
  if (period === 'daily') return key
  if (period === 'monthly') return `${key.slice(0, 7)}-01`
  return shifted(key, -((new Date(`${key}T00:00:00Z`).getUTCDay() || 7) - 1))
}

/** The first day of the next period. */
function nextFirst(period: ReportPeriod, first: string): string {
  if (period === 'daily') return shifted(first, 1)
  if (period === 'weekly') return shifted(first, 7)
  return firstDay('monthly', shifted(first, 31))
}

const previousFirst = (period: ReportPeriod, first: string): string => firstDay(period, shifted(first, -1))

function spanOf(period: ReportPeriod, first: string, until: number, timeZone: string): ReportSpan {
  const from = startOfDayKey(first, timeZone)
  const end = startOfDayKey(nextFirst(period, first), timeZone)
  const to = Math.max(from, Math.min(end, until))
  const last = dayKey(Math.max(from, to - 1), timeZone)
  const days: string[] = []
  for (let key = first; key <= last; key = shifted(key, 1)) days.push(key)
  return { period, from, to, days, isOver: to === end, week: isoWeek(first) }
}

/** Has the period only begun: a day before its noon, a week on its Monday, a month on its first? */
function hasOnlyBegun(period: ReportPeriod, at: number, timeZone: string): boolean {
  if (period === 'daily') return weekClock(at, timeZone).minutes < noon
  if (period === 'weekly') return weekClock(at, timeZone).day === 1
  return dayKey(at, timeZone).endsWith('-01')
}

/**
 * What a report tells of that is asked for at a moment: the period that goes on, up to then; where it has only begun,
 * the one that ended just before.
 * @param which `current` or `previous` where the person said so
 */
export function reportSpan(
  period: ReportPeriod,
  at: number,
  timeZone: string,
  which: 'current' | 'previous' | null,
): ReportSpan {
  const first = firstDay(period, dayKey(at, timeZone))
  const isPrevious = which === null ? hasOnlyBegun(period, at, timeZone) : which === 'previous'
  return spanOf(period, isPrevious ? previousFirst(period, first) : first, at, timeZone)
}

/** What a span is compared with: the whole period before, or as much of it as has gone by of this one. */
export function spanBefore({ period, from, to, days, isOver }: ReportSpan, timeZone: string): ReportSpan {
  const first = previousFirst(period, days[0] ?? dayKey(from, timeZone))
  const whole = spanOf(period, first, Number.POSITIVE_INFINITY, timeZone)
  return isOver ? whole : spanOf(period, first, Math.min(whole.to, whole.from + (to - from)), timeZone)
}

/** The ISO 8601 number of the week that a day is in, 1 to 53. */
export function isoWeek(key: string): number {
  const thursday = shifted(firstDay('weekly', key), 3)
  return Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / day / 7) + 1
}
