import type { Zone, ZoneClosure, ZoneHours } from '../domain/zone.ts'
import { dayKey, endOfDayKey, weekClock } from './calendar.ts'

/** Tenants whose zones never close are most of them: they are looked through once. */
const timeless = new WeakMap<readonly Zone[], boolean>()
/** The last answer for a list of zones: it stays the same list as long as nothing opens or closes. */
const last = new WeakMap<readonly Zone[], { readonly state: string; readonly zones: readonly Zone[] }>()

/** The zones as they stand at this moment: those that their hours or a freeze close say so. */
export function zonesAt(zones: readonly Zone[], now: number, timeZone: string): readonly Zone[] {
  const known = timeless.get(zones) ?? zones.every((zone) => !zone.hours && !zone.freezes?.length)
  timeless.set(zones, known)
  if (known) return zones
  const closures = zones.map((zone) => closureOf(zone, now, timeZone))
  const state = JSON.stringify(closures)
  const before = last.get(zones)
  if (before?.state === state) return before.zones
  const fresh = zones.map((zone, index) => {
    const closed = closures[index]
    return closed ? { ...zone, closed } : zone
  })
  last.set(zones, { state, zones: fresh })
  return fresh
}

function closureOf({ hours, freezes = [] }: Zone, now: number, timeZone: string): ZoneClosure | null {
  const today = dayKey(now, timeZone)
  const frozen = freezes
    .filter(({ from, until }) => from <= today && today <= until)
    .sort((a, b) => (a.until < b.until ? 1 : -1))[0]
  const shut = hours !== undefined && !isWithin(hours, now, timeZone)
  if (!frozen && !shut) return null
  return {
    ...(shut ? { hours } : {}),
    ...(frozen ? { freeze: { reason: frozen.reason, until: endOfDayKey(frozen.until, timeZone) } } : {}),
  }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Is this moment within the hours, in a zone? */
export function isWithin(hours: ZoneHours, now: number, timeZone: string): boolean {
  const { day, minutes } = weekClock(now, timeZone)
  const from = minutesOf(hours.from)
  const to = minutesOf(hours.to)
  const yesterday = day === 1 ? 7 : day - 1
  if (from < to) return hours.days.includes(day) && from <= minutes && minutes < to
  return (hours.days.includes(day) && from <= minutes) || (hours.days.includes(yesterday) && minutes < to)
}

/** The zones as if none were closed: what an emergency override goes through to. */
export const opened = (zones: readonly Zone[]): readonly Zone[] =>
  zones.some((zone) => zone.closed) ? zones.map(({ closed: _, ...zone }) => zone) : zones
