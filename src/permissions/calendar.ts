/** One formatter a zone; there are some 600 zones, so this stays small. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const fields = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const
  let made: Intl.DateTimeFormat
  try {
    made = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...fields })
  } catch {
    made = formatter('UTC')
  }
  formatters.set(timeZone, made)
  return made
}

interface WallClock {
  readonly year: number
  readonly month: number
  readonly day: number
  /** The same reading taken as UTC (ms): its difference to the moment is the zone's offset. */
  readonly asUtc: number
}

function readClock(at: number, timeZone: string): WallClock {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatter(timeZone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return { year, month, day, asUtc: Date.UTC(year, month - 1, day, hour, minute, second) }
}

/** Clocks turn at whole quarters of an hour (IANA, since 1972): within one, a zone's offset and date stay the same. */
const quarter = 15 * 60_000
/** The latest readings of each zone, by quarter: every order asks for the same few, of now and of the midnights about it. */
const readings = new Map<string, Map<number, WallClock>>()
const keptOfZone = 16

function wallClock(at: number, timeZone: string): WallClock {
  const slot = Math.floor(at / quarter)
  const known = readings.get(timeZone) ?? new Map<number, WallClock>()
  readings.set(timeZone, known)
  let clock = known.get(slot)
  if (!clock) {
    if (known.size >= keptOfZone) known.clear()
    clock = readClock(slot * quarter, timeZone)
    known.set(slot, clock)
  }
  const since = at - slot * quarter
  return { year: clock.year, month: clock.month, day: clock.day, asUtc: clock.asUtc + since - (since % 1000) }
}

const two = (value: number) => String(value).padStart(2, '0')

/** The day that a quota counts in, in the tenant's zone: `2026-11-24`. An unknown zone counts as UTC. */
export function dayKey(at: number, timeZone: string): string {
  const { year, month, day } = wallClock(at, timeZone)
  return `${year}-${two(month)}-${two(day)}`
}

/** The month that a quota counts in, in the tenant's zone: `2026-11`. */
export const monthKey = (at: number, timeZone: string): string => dayKey(at, timeZone).slice(0, 7)

/** When a wall clock first shows this hour (ms since 1970); a zone may skip it when its summer time begins. */
function firstMoment(year: number, month: number, day: number, timeZone: string, hour = 0): number {
  const wanted = Date.UTC(year, month - 1, day, hour)
  let at = wanted
  for (let round = 0; round < 3; round += 1) at -= wallClock(at, timeZone).asUtc - wanted
  return at
}

/** Weekday (1 = Monday) and minutes since midnight, as a clock in this zone shows them. */
export function weekClock(at: number, timeZone: string): { readonly day: number; readonly minutes: number } {
  const shown = new Date(wallClock(at, timeZone).asUtc)
  return { day: shown.getUTCDay() || 7, minutes: shown.getUTCHours() * 60 + shown.getUTCMinutes() }
}

/** The beginning of a day that `dayKey` names (ms since 1970). */
export function startOfDayKey(key: string, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number)
  return firstMoment(year, month, day, timeZone)
}

/** The end of a day that `dayKey` names (ms since 1970). */
export function endOfDayKey(key: string, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number)
  return firstMoment(year, month, day + 1, timeZone)
}

/** The end of the tenant's day (ms since 1970). */
export function endOfDay(at: number, timeZone: string): number {
  const { year, month, day } = wallClock(at, timeZone)
  return firstMoment(year, month, day + 1, timeZone)
}

/** The next time that clocks in this zone show an hour (0 to 23), at least so long (ms) from now (ms since 1970). */
export function nextHour(at: number, timeZone: string, hour: number, atLeastMs: number): number {
  const { year, month, day } = wallClock(at, timeZone)
  for (let days = 0; ; days += 1) {
    const found = firstMoment(year, month, day + days, timeZone, hour)
    if (found >= at + atLeastMs) return found
  }
}

/**
 * When clocks in this zone show an hour (0 to 48, past 24 of the next day) of the day so many days from that of a moment
 * (ms since 1970).
 */
export function hourOfDay(at: number, timeZone: string, days: number, hour: number): number {
  const { year, month, day } = wallClock(at, timeZone)
  return firstMoment(year, month, day + days + Math.floor(hour / 24), timeZone, hour % 24)
}

/** The end of the tenant's month (ms since 1970). */
export function endOfMonth(at: number, timeZone: string): number {
  const { year, month } = wallClock(at, timeZone)
  return firstMoment(year, month + 1, 1, timeZone)
}
