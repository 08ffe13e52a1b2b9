import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportPeriods } from '../../src/domain/report.ts'
import { isoWeek, reportSpan, spanBefore } from '../../src/figures/report-span.ts'

const at = (iso: string) => Date.parse(iso)
const zones = ['UTC', 'Europe/Paris', 'America/New_York', 'Australia/Sydney', 'Asia/Kathmandu', 'America/Sao_Paulo']

describe('what a report tells of', () => {
  it('is the period that goes on, or the one before where it has only begun', () => {
    // A Thursday; a Monday at nine; the first of a month.
    const thursday = reportSpan('weekly', at('2026-11-26T15:00:00Z'), 'Europe/Paris', null)
    expect(thursday).toMatchObject({ week: 48, isOver: false, from: at('2026-11-22T23:00:00Z') })
    expect(thursday.days).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'])
    const monday = reportSpan('weekly', at('2026-11-30T08:00:00Z'), 'Europe/Paris', null)
    expect(monday).toMatchObject({ week: 48, isOver: true, to: at('2026-11-29T23:00:00Z') })
    expect(monday.days).toHaveLength(7)
    const first = reportSpan('monthly', at('2026-03-01T08:00:00Z'), 'Europe/Paris', null)
    expect([first.days[0], first.days.length, first.isOver]).toEqual(['2026-02-01', 28, true])
    expect(reportSpan('daily', at('2026-11-26T08:00:00Z'), 'Europe/Paris', null).days).toEqual(['2026-11-25'])
    expect(reportSpan('daily', at('2026-11-26T12:00:00Z'), 'Europe/Paris', null).days).toEqual(['2026-11-26'])
  })

  it('is what the person said, on whatever day', () => {
    expect(reportSpan('weekly', at('2026-11-30T08:00:00Z'), 'UTC', 'current').days).toEqual(['2026-11-30'])
    expect(reportSpan('monthly', at('2026-01-15T08:00:00Z'), 'UTC', 'previous').days[0]).toBe('2025-12-01')
  })

  it('follows the zone’s own midnight, also where clocks turn', () => {
    const march = reportSpan('daily', at('2026-03-30T08:00:00Z'), 'Europe/Paris', 'previous')
    expect(march.to - march.from).toBe(23 * 3_600_000)
    const october = reportSpan('daily', at('2026-10-26T08:00:00Z'), 'Europe/Paris', 'previous')
    expect(october.to - october.from).toBe(25 * 3_600_000)
    expect(reportSpan('daily', at('2026-11-26T13:30:00Z'), 'Australia/Sydney', 'current').days).toEqual(['2026-11-27'])
  })

  it('numbers weeks as ISO 8601 does', () => {
    expect(['2026-01-01', '2027-01-03', '2027-01-04', '2024-12-30', '2021-01-03'].map(isoWeek)).toEqual([
      1, 53, 1, 1, 53,
    ])
  })

  it('joins the period before without a gap, and is compared with as much of it', () => {
    const moment = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2028-12-31T00:00:00Z') })
    const which = fc.constantFrom('current' as const, 'previous' as const, null)
    const check = fc.property(
      moment,
      fc.constantFrom(...zones),
      fc.constantFrom(...reportPeriods),
      which,
      (now, zone, period, chosen) => {
        const span = reportSpan(period, now, zone, chosen)
        const before = spanBefore(span, zone)
        expect(span.from).toBeLessThanOrEqual(span.to)
        expect(span.to).toBeLessThanOrEqual(Math.max(now, span.from))
        expect(span.days.length).toBeGreaterThan(0)
        expect(before.from).toBeLessThan(span.from)
        if (span.isOver) expect(before.to).toBe(span.from)
        else expect(before.to - before.from).toBeLessThanOrEqual(span.to - span.from)
        expect(before.to).toBeLessThanOrEqual(span.from)
      },
    )
    fc.assert(check, { numRuns: 300 })
  })
})
