import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyse, median } from '../../src/figures/analyse.ts'
import { daily, lastDays } from '../../src/figures/daily.ts'
import type { CountedAction } from '../../src/storage/types/ledger.ts'

const minute = 60_000
const action = (
  command: string,
  state: CountedAction['state'],
  from: number,
  to: number,
  over = {},
): CountedAction => ({
  userId: 'UBOB',
  command,
  environment: 'production',
  resource: 'user-api',
  state,
  createdAt: from * minute,
  startedAt: from * minute,
  finishedAt: to * minute,
  ...over,
})

describe('the figures', () => {
  it('count deployments, what went wrong with them, and how long it took to be well again', () => {
    const figures = analyse([
      action('deploy', 'done', 0, 2),
      action('deploy', 'failed', 10, 14),
      action('deploy', 'failed', 20, 24, { resource: 'billing' }),
      action('deploy', 'failed', 25, 26),
      action('deploy', 'done', 30, 34),
      action('rollback', 'done', 40, 41, { resource: 'billing' }),
      action('deploy', 'refused', 50, 50),
      action('deploy', 'waiting', 60, 60, { finishedAt: null }),
      action('logs', 'done', 70, 70, { userId: 'UCAROL' }),
    ])
    expect(figures).toMatchObject({
      actions: 9,
      refused: 1,
      deployments: 5,
      failureRate: 4 / 5,
      duration: 3 * minute,
      // user-api: 14 → 34; billing: 24 → 41.
      restore: 18.5 * minute,
      success: 4 / 7,
    })
    expect(figures.commands).toEqual([
      { name: 'deploy', count: 7, refused: 1, success: 2 / 5 },
      { name: 'logs', count: 1, refused: 0, success: 1 },
      { name: 'rollback', count: 1, refused: 0, success: 1 },
    ])
    expect(figures.people.map(({ name, count }) => [name, count])).toEqual([
      ['UBOB', 8],
      ['UCAROL', 1],
    ])
  })

  it('takes a rollback without a failure before it as trouble from its own start', () => {
    const figures = analyse([action('deploy', 'done', 0, 2), action('rollback', 'done', 10, 13)])
    expect(figures).toMatchObject({ restore: 3 * minute, failureRate: 1 })
  })

  it('say nothing where there is nothing to count', () => {
    expect(analyse([])).toEqual({
      actions: 0,
      refused: 0,
      success: null,
      deployments: 0,
      failureRate: null,
      restore: null,
      duration: null,
      commands: [],
      people: [],
    })
  })

  it('has as many numbers above its median as below it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values) ?? Number.NaN
        expect(values.filter((each) => each < middle).length).toBeLessThanOrEqual(values.length / 2)
        expect(values.filter((each) => each > middle).length).toBeLessThanOrEqual(values.length / 2)
      }),
    )
  })

  it('keeps shares between 0 and 1, and counts each action once', () => {
    const any = fc.record({
      userId: fc.constantFrom('U1', 'U2'),
      command: fc.constantFrom('deploy', 'rollback', 'logs'),
      environment: fc.constantFrom('production', null),
      resource: fc.constantFrom('a', 'b', null),
      state: fc.constantFrom('done', 'failed', 'unknown', 'refused', 'running' as const),
      createdAt: fc.nat(30 * 86_400_000),
      startedAt: fc.option(fc.nat()),
      finishedAt: fc.option(fc.nat()),
    })
    fc.assert(
      fc.property(fc.array(any), (actions) => {
        const { success, failureRate, commands, people } = analyse(actions)
        for (const share of [success, failureRate]) expect(share ?? 0).toBeGreaterThanOrEqual(0)
        for (const share of [success, failureRate]) expect(share ?? 1).toBeLessThanOrEqual(1)
        for (const tallies of [commands, people]) {
          expect(tallies.reduce((sum, { count }) => sum + count, 0)).toBe(actions.length)
        }
        const { done, failed, notRun, deployments } = daily(actions, lastDays(30 * 86_400_000, 31, 'UTC'), 'UTC')
        const total = (...all: (readonly number[])[]) => all.flat().reduce((sum, each) => sum + each, 0)
        expect(total(done, failed, notRun)).toBe(actions.length)
        expect(total(deployments.done, deployments.failed)).toBe(analyse(actions).deployments)
      }),
    )
  })
})

describe('the days of a period', () => {
  it('are those of the tenant’s calendar, over a change of the clock', () => {
    const now = Date.parse('2026-10-26T08:00:00Z')
    const days = lastDays(now, 3, 'Europe/Paris')
    expect(days).toEqual(['2026-10-24', '2026-10-25', '2026-10-26'])
    const at = (iso: string) => ({ createdAt: Date.parse(iso) })
    const asked = [
      action('logs', 'done', 0, 1, at('2026-10-24T22:30:00Z')),
      action('logs', 'failed', 0, 1, at('2026-10-25T22:59:00Z')),
      action('logs', 'refused', 0, 1, at('2026-10-25T23:01:00Z')),
    ]
    const { done, failed, notRun } = daily(asked, days, 'Europe/Paris')
    expect([done, failed, notRun]).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
  })
})
