import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absorbAlert, isFlapping } from '../../src/domain/absorb-alert.ts'
import { type Alert, fitsPattern, type KeptAlert } from '../../src/domain/alert.ts'

const alertOf = (state: Alert['state'], at: number): Alert => ({
  source: 'alertmanager',
  fingerprint: 'f',
  title: 'Slow',
  summary: '',
  severity: 'warning',
  service: null,
  environment: null,
  labels: {},
  links: [],
  state,
  at,
})
const take = (known: KeptAlert | null, state: Alert['state'], at: number, now: number) =>
  absorbAlert(known, 'T1', alertOf(state, at), `${state} ${at}`, 'abc', now)
const told = (kept: KeptAlert): KeptAlert => ({
  ...kept,
  posts: [{ to: 'C1', conversationId: 'C1', ts: '1.1', since: 1 }],
  dueAt: null,
})
const minute = 60_000

describe('what a notification makes of a problem', () => {
  it('comes to the same state in whatever order, and however often, notifications come in', () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(times, fc.infiniteStream(fc.nat()), (moments, seeds) => {
        const sorted = [...moments].sort((a, b) => a - b)
        const all = sorted.map((at, n) => ({ at, state: n % 2 === 0 ? 'firing' : 'resolved' }) as const)
        const shuffled = [...all, ...all]
          .map((each) => ({ each, rank: seeds.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
        let kept: KeptAlert | null = null
        for (const [n, { each }] of shuffled.entries()) kept = take(kept, each.state, each.at, 10_000 + n)
        expect(kept?.alert).toMatchObject(all.at(-1) ?? {})
      }),
    )
  })

  it('counts notifications, and a repeated delivery not', () => {
    let kept = take(null, 'firing', 1, 10)
    expect(take(kept, 'firing', 1, 20)).toBe(kept)
    kept = take(kept, 'firing', 1, 11 * minute)
    expect(kept.count).toBe(2)
  })

  it('does not begin again by a beginning that comes after its end, nor tells an end of what nobody heard of', () => {
    const ended = take(null, 'resolved', 5, 10)
    expect(ended.dueAt).toBeNull()
    const late = take(ended, 'firing', 3, 20)
    expect([late.alert.state, late.dueAt]).toEqual(['resolved', null])
    expect(take(ended, 'firing', 5, 20).alert.state).toBe('resolved')
  })

  it('is not hidden for ever by a clock that is ahead', () => {
    const kept = take(null, 'firing', 9e14, 1_000)
    expect(take(kept, 'resolved', 1_001, 1_002).alert.state).toBe('resolved')
  })

  it('goes on in the same message where it comes back soon, and in a new one later', () => {
    const begun = { ...told(take(null, 'firing', minute, minute)), acknowledgedBy: 'U1', acknowledgedAt: 2 }
    const ended = take(begun, 'resolved', 2 * minute, 2 * minute)
    expect(ended.dueAt).toBe(2 * minute)
    expect(take(ended, 'firing', 3 * minute, 3 * minute)).toMatchObject({ posts: begun.posts, acknowledgedBy: 'U1' })
    expect(take(ended, 'firing', 90 * minute, 90 * minute)).toMatchObject({ posts: [], acknowledgedBy: null })
  })

  it('redraws a problem that flaps once in five minutes', () => {
    let kept = told(take(null, 'firing', 1_000, 1_000))
    for (let n = 2; n <= 6; n += 1) kept = told(take(kept, n % 2 === 0 ? 'resolved' : 'firing', n * 1_000, n * 1_000))
    expect(isFlapping(kept, 7_000)).toBe(true)
    expect(take(kept, 'firing', 7_000, 7_000).dueAt).toBe(7_000 + 5 * minute)
    expect(isFlapping(kept, 40 * minute)).toBe(false)
  })
})

describe('patterns', () => {
  it.each([
    ['user-api', 'User-API', true],
    ['*', '', true],
    ['*-api', 'user-api', true],
    ['user-*', 'user', false],
    ['a*a', 'a', false],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'acb', false],
    ['(.*)+$', 'x', false],
  ])('%s fits %s: %s', (pattern, text, fits) => {
    expect(fitsPattern(pattern, text)).toBe(fits)
  })
})
