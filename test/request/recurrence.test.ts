import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueTimes, nextTimes } from '../../src/domain/recurrence.ts'

const zones = ['Europe/Paris', 'America/New_York', 'Australia/Sydney', 'UTC'] as const
const year = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2027, 0, 1) }

/** Local day and time of a moment, by the platform's own tables and none of the library under test. */
function clockOf(timeZone: string) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (at: number) => {
    const [day = '', time = ''] = format.format(at).split(' ')
    return { day, time }
  }
}

async function yearOf(cron: string, timeZone: string): Promise<number[]> {
  const most = cron.startsWith('*') ? 36_000 : cron.startsWith('0 *') ? 9_000 : 367
  const all = await nextTimes(cron, timeZone, year.from - 1, most)
  return all.filter((at) => at < year.until)
}

/** Every local day of the year in a zone, and whether a time of the day exists on it. */
function daysOf(timeZone: string, time: string) {
  const clock = clockOf(timeZone)
  const days = new Map<string, boolean>()
  for (let at = year.from; at < year.until; at += 30 * 60_000) {
    const here = clock(at)
    days.set(here.day, (days.get(here.day) ?? false) || here.time === time)
  }
  return days
}

describe.each(zones)('a year of recurrences in %s', (timeZone) => {
  const clock = clockOf(timeZone)

  it.each([
    ['30 2 * * *', '02:30'],
    ['0 2 * * *', '02:00'],
    ['30 1 * * *', '01:30'],
    ['0 9 * * *', '09:00'],
    ['0 0 * * *', '00:00'],
  ])('%s comes once on every local day, at its time wherever that exists', async (cron, time) => {
    const runs = (await yearOf(cron, timeZone)).map(clock)
    const days = daysOf(timeZone, time)
    // The year begins and ends inside a local day: its first and last may lie outside.
    const whole = [...days.keys()].slice(1, -1)
    for (const day of whole) {
      const here = runs.filter((run) => run.day === day)
      expect(here, `${day} in ${timeZone}`).toHaveLength(1)
      if (days.get(day)) expect(here[0]?.time).toBe(time)
    }
    expect(runs.length).toBeGreaterThan(363)
  })

  it('weekdays, weeks and months come on their days and no others', async () => {
    const weekday = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay()
    const workdays = (await yearOf('0 9 * * 1-5', timeZone)).map(clock)
    expect(workdays.length).toBe(
      [...daysOf(timeZone, '09:00').keys()]
        .filter((day) => day.startsWith('2026'))
        .filter((day) => ![0, 6].includes(weekday(day))).length,
    )
    const sundays = (await yearOf('30 2 * * 0', timeZone)).map(clock)
    expect(sundays.every(({ day }) => weekday(day) === 0)).toBe(true)
    expect(new Set(sundays.map(({ day }) => day)).size).toBe(sundays.length)
    expect(sundays.length).toBe(52)
    const months = (await yearOf('0 7 1 * *', timeZone)).map(clock).filter(({ day }) => day.startsWith('2026-'))
    if (months[0]?.day !== '2026-01-01') months.unshift({ day: '2026-01-01', time: '07:00' }) // it lies before the UTC year
    expect(months.map(({ day }) => day)).toEqual(
      Array.from({ length: 12 }, (_, m) => `2026-${String(m + 1).padStart(2, '0')}-01`),
    )
  })

  it.each([
    ['*/15 * * * *', 15],
    ['0 * * * *', 60],
    ['* * * * *', 1],
  ])('%s goes on through every change of the clock', async (cron, minutes) => {
    const runs =
      cron === '* * * * *'
        ? await nextTimes(cron, timeZone, Date.UTC(2026, 2, 28), 3_000)
        : await yearOf(cron, timeZone)
    const gaps = new Set(runs.slice(1).map((at, index) => (at - (runs[index] ?? 0)) / 60_000))
    expect([...gaps]).toEqual([minutes])
    if (cron !== '* * * * *') expect(runs.length).toBe((year.until - year.from) / 60_000 / minutes)
  })
})

describe('due times', () => {
  it('split a recurrence at a moment: what is due, the newest of it, and what comes', async () => {
    const crons = ['30 2 * * *', '*/15 * * * *', '0 9 * * 1-5', '0 7 1 * *', '30 1 * * 0']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.constantFrom(...crons),
        fc.integer({ min: year.from, max: year.until }),
        fc.integer({ min: 0, max: 20 * 86_400_000 }),
        async (timeZone, cron, after, span) => {
          const [first = 0] = await nextTimes(cron, timeZone, after, 1)
          const until = first + span
          const all = [first, ...(await nextTimes(cron, timeZone, first, 2_000))]
          const due = all.filter((at) => at <= until)
          const next = all.find((at) => at > until)
          expect(await dueTimes(cron, timeZone, first, until, 10_000)).toEqual({
            count: due.length,
            last: due.at(-1),
            next,
          })
          const capped = await dueTimes(cron, timeZone, first, until, 3)
          expect(capped).toMatchObject({ last: due.at(-1), next })
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)
})
