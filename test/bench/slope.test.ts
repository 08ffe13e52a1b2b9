import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slopePerHour } from '../../bench/slope.ts'

it('is what a straight line grows by in an hour, wherever it begins', () => {
  const wanted = fc.integer({ min: -1_000, max: 1_000 })
  fc.assert(
    fc.property(wanted, wanted, fc.integer({ min: 2, max: 50 }), (perHour, start, count) => {
      const readings = Array.from({ length: count }, (_, at) => ({
        at: at * 10,
        value: start + (perHour * at * 10) / 3_600,
      }))
      expect(slopePerHour(readings)).toBeCloseTo(perHour, 4)
    }),
  )
})

it('is none where nothing, or one thing, was read, and for what goes up and down', () => {
  expect(slopePerHour([])).toBe(0)
  expect(slopePerHour([{ at: 1, value: 7 }])).toBe(0)
  const wave = [0, 1, 0, -1, 0, 1, 0, -1, 0].map((value, at) => ({ at, value }))
  expect(Math.abs(slopePerHour([...wave, ...wave.map(({ at, value }) => ({ at: -at, value }))]))).toBeLessThan(1e-9)
})
