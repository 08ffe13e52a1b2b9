import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayKey, endOfDay, endOfMonth, monthKey, nextHour, weekClock } from '../../src/permissions/index.ts'

const zone = fc.constantFrom(
  'Europe/Paris',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Santiago',
  'UTC',
)
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map(Number)

describe('days and months of a quota', () => {
  it('are counted in the zone of the tenant', () => {
    const lateEvening = Date.UTC(2026, 10, 30, 23, 30)
    expect(dayKey(lateEvening, 'Europe/Paris')).toBe('2026-12-01')
    expect(monthKey(lateEvening, 'Europe/Paris')).toBe('2026-12')
    expect(dayKey(lateEvening, 'America/New_York')).toBe('2026-11-30')
  })

  it('end at local midnight, also on the days when clocks change', () => {
    expect(new Date(endOfDay(Date.UTC(2026, 2, 29, 0, 30), 'Europe/Paris')).toISOString()).toBe(
      '2026-03-29T22:00:00.000Z',
    )
    expect(new Date(endOfDay(Date.UTC(2026, 9, 25, 10), 'Europe/Paris')).toISOString()).toBe('2026-10-25T23:00:00.000Z')
    expect(new Date(endOfMonth(Date.UTC(2026, 10, 24), 'Europe/Paris')).toISOString()).toBe('2026-11-30T23:00:00.000Z')
  })

  it('end after now, within 25 hours, with the next day', () => {
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const end = endOfDay(at, timeZone)
        expect(end).toBeGreaterThan(at)
        expect(end - at).toBeLessThanOrEqual(25 * 3_600_000)
        expect(dayKey(end, timeZone) > dayKey(at, timeZone)).toBe(true)
        expect(monthKey(endOfMonth(at, timeZone), timeZone) > monthKey(at, timeZone)).toBe(true)
      }),
    )
  })

  it('know the next nine o’clock, also on the days when clocks change', () => {
    const inParis = (at: number) => new Date(nextHour(at, 'Europe/Paris', 9, 3 * 3_600_000)).toISOString()
    expect(inParis(Date.UTC(2026, 10, 24, 17))).toBe('2026-11-25T08:00:00.000Z')
    expect(inParis(Date.UTC(2026, 10, 25, 1))).toBe('2026-11-25T08:00:00.000Z')
    expect(inParis(Date.UTC(2026, 10, 25, 7, 30))).toBe('2026-11-26T08:00:00.000Z')
    expect(inParis(Date.UTC(2026, 2, 28, 20))).toBe('2026-03-29T07:00:00.000Z')
    expect(inParis(Date.UTC(2026, 9, 24, 20))).toBe('2026-10-25T08:00:00.000Z')
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const found = nextHour(at, timeZone, 9, 3 * 3_600_000)
        expect(found - at).toBeGreaterThanOrEqual(3 * 3_600_000)
        expect(found - at).toBeLessThanOrEqual(52 * 3_600_000)
        expect(weekClock(found, timeZone).minutes).toBe(9 * 60)
      }),
    )
  })

  it('count as UTC where the zone is unknown', () => {
    expect(dayKey(Date.UTC(2026, 0, 1), 'Mars/Olympus')).toBe('2026-01-01')
  })
})
