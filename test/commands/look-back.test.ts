import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodOf } from '../../src/commands/look-back.ts'
import { type DayPart, dayParts, lookBackText } from '../../src/domain/day-part.ts'
import { dayKey, hourOfDay, startOfDayKey } from '../../src/permissions/index.ts'

const at = (now: number, timeZone = 'Europe/Paris') => ({
  now: () => now,
  hourOfDay: (days: number, hour: number) => hourOfDay(now, timeZone, days, hour),
})
const spanOf = (now: string, since: string, timeZone?: string) => {
  const period = periodOf(at(Date.parse(now), timeZone), { since })
  const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString().slice(0, 16))
  return [iso(period?.from), iso(period?.until)]
}

describe('what an order looks back at', () => {
  it.each([
    ['2026-11-27T09:00Z', 'yesterday', '2026-11-25T23:00', '2026-11-26T23:00'],
    ['2026-11-27T09:00Z', 'since-yesterday', '2026-11-25T23:00', null],
    ['2026-11-27T09:00Z', 'since-yesterday-evening', '2026-11-26T17:00', null],
    ['2026-11-27T09:00Z', 'yesterday-evening', '2026-11-26T17:00', '2026-11-26T23:00'],
    ['2026-11-27T09:00Z', 'this-morning', '2026-11-27T05:00', null],
    ['2026-11-27T14:00Z', 'this-morning', '2026-11-27T05:00', '2026-11-27T11:00'],
    ['2026-11-27T09:00Z', 'last-night', '2026-11-26T21:00', '2026-11-27T05:00'],
    ['2026-11-27T02:00Z', 'last-night', '2026-11-26T21:00', null],
    ['2026-11-27T09:00Z', 'today', '2026-11-26T23:00', null],
    // This evening has not come yet: that of yesterday is meant.
    ['2026-11-27T09:00Z', 'this-evening', '2026-11-26T17:00', '2026-11-26T23:00'],
    // The night in which clocks go back is an hour longer.
    ['2026-10-25T10:00Z', 'last-night', '2026-10-24T20:00', '2026-10-25T05:00'],
    ['2026-11-27T09:00Z', 'P1D', '2026-11-26T09:00', null],
  ])('at %s, %s', (now, since, from, until) => {
    expect(spanOf(now, since)).toEqual([from, until])
  })

  it('is in the past, and yesterday is a day of the tenant’s zone, whatever the zone', () => {
    const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'UTC')
    const moments = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map(Number)
    const part = fc.constantFrom(...(Object.keys(dayParts) as DayPart[]))
    fc.assert(
      fc.property(moments, zones, part, fc.boolean(), (now, zone, name, isSince) => {
        const period = periodOf(at(now, zone), { since: lookBackText({ part: name, isSince }) })
        if (!period) throw new Error('no period')
        expect(period.from).toBeLessThanOrEqual(now)
        expect(now - period.from).toBeLessThan(3 * 25 * 3_600_000)
        if (period.until !== undefined) {
          expect(isSince).toBe(false)
          expect(period.until).toBeGreaterThan(period.from)
          expect(period.until).toBeLessThan(now)
        }
        if (name !== 'yesterday') return
        expect(period.from).toBe(startOfDayKey(dayKey(period.from, zone), zone))
        if (!isSince) expect(period.until).toBe(startOfDayKey(dayKey(now, zone), zone))
      }),
    )
  })
})
