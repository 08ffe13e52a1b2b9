import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepLeases } from '../../src/duties/keep-leases.ts'

const leaseMs = 9_000
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => vi.useRealTimers())

/** A lease whose database answers as `answer` does, and what became of it. */
function holder(answer: () => Promise<boolean>) {
  const asked: number[] = []
  const lost: number[] = []
  const began = performance.now()
  const end = keepLeases(
    leaseMs,
    pino({ level: 'silent' }),
  )({
    name: 'w',
    renew: () => {
      asked.push(performance.now() - began)
      return answer()
    },
    lost: () => lost.push(performance.now() - began),
  })
  return { asked, lost, end }
}

it('is renewed every third of a lease for as long as its holder lives, and not after', async () => {
  const { asked, lost, end } = holder(async () => true)
  await vi.advanceTimersByTimeAsync(2_999)
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(60_001)
  expect(asked.length).toBeGreaterThanOrEqual(20)
  expect(lost).toEqual([])
  end()
  const before = asked.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect([asked.length, lost]).toEqual([before, []])
  expect(vi.getTimerCount()).toBe(0)
})

it('is given up as soon as somebody else has it', async () => {
  const { asked, lost } = holder(async () => false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([asked, lost]).toEqual([[3_000], [3_000]])
})

it.each([
  ['refuses', () => Promise.reject(new Error('no database'))],
  ['never answers', () => new Promise<boolean>(() => {})],
])('ends before anybody can take it where the database %s', async (_, answer) => {
  const { asked, lost } = holder(answer)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked.length).toBeGreaterThan(0)
  expect(lost).toHaveLength(1)
  expect(lost[0]).toBeLessThan(leaseMs)
})

it('counts from when the lease was asked for, not from when the answer came', async () => {
  const { lost } = holder(() => new Promise((resolve) => setInterval(() => resolve(true), 5_000)))
  // Asked at 3 s, answered at 8 s: too late for the first lease.
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lost).toEqual([7_000])
})

it('makes one timer for many that come one after the other, and none stays when nothing is left', async () => {
  const started = vi.spyOn(globalThis, 'setInterval')
  const keep = keepLeases(leaseMs, pino({ level: 'silent' }))
  for (let n = 0; n < 100; n += 1) keep({ name: `w${n}`, renew: async () => true, lost: () => {} })()
  expect(started).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(leaseMs)
  expect(vi.getTimerCount()).toBe(0)
  started.mockRestore()
})
