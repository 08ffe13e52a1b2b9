import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { vendors } from '../../src/domain/integration.ts'
import {
  dayMs,
  freePlan,
  hasRoom,
  type IntegrationName,
  isTrying,
  keptIntegrations,
  planAt,
  planIds,
  plans,
  plansOnSale,
} from '../../src/domain/plans.ts'
import {
  entitlementOf,
  isOngoing,
  pastDueSince,
  type Subscription,
  type SubscriptionState,
} from '../../src/domain/subscription.ts'
import { endOfMonth, monthKey, startOfDayKey } from '../../src/permissions/index.ts'
import { warningAt } from '../../src/request/billing/places.ts'

const names: readonly IntegrationName[] = ['slack', 'kubernetes', ...vendors]

describe('the table of plans', () => {
  it('has the prices and limits that are sold', () => {
    const row = (id: (typeof planIds)[number]) => {
      const { price, people, integrations, actionsPerMonth, agents } = plans[id]
      return [price?.minor ?? null, people, integrations.most, actionsPerMonth, agents.length]
    }
    expect(Object.fromEntries(planIds.map((id) => [id, row(id)]))).toEqual({
      starter: [0, 6, 2, 1_000, 1],
      professional: [4_900, 26, null, 10_000, 3],
      enterprise: [null, null, null, null, 3],
      none: [0, 1, 1, 0, 1],
      solo: [1_900, 1, 3, 2_000, 1],
      pro: [4_900, 4, 10, 10_000, 2],
      'freelance-enterprise': [9_900, null, null, null, 3],
    })
    expect(plansOnSale('company').map(({ id }) => id)).toEqual(['professional'])
    expect(plansOnSale('individual').map(({ id }) => id)).toEqual(['solo', 'pro', 'freelance-enterprise'])
  })

  it('is what NOX_PLAN may name, and nothing else', () => {
    const planOf = (name: string) => readConfig({ NOX_PLAN: name }).plan
    for (const id of planIds.filter((each) => each !== 'none')) expect(planOf(id)).toBe(id)
    for (const wrong of ['none', 'trial', 'gold', 'toString'])
      expect(() => planOf(wrong)).toThrow(/NOX_PLAN: starter, prof/)
    expect(planOf('')).toBe('enterprise')
  })

  it('gives a trial for 14 days, then what is free; an unknown name is free too', () => {
    fc.assert(
      fc.property(fc.constantFrom('company', 'individual'), fc.nat(4e12), fc.integer(), (kind, begin, after) => {
        const tenant = { kind, plan: 'trial', planUntil: begin + 14 * dayMs } as const
        const now = begin + (after % (30 * dayMs))
        const tries = now < tenant.planUntil
        expect(isTrying(tenant, now)).toBe(tries)
        expect(planAt(tenant, now)).toBe(tries ? plans[kind === 'company' ? 'professional' : 'solo'] : freePlan(kind))
        expect(planAt({ kind, plan: 'gold', planUntil: null }, now)).toBe(freePlan(kind))
      }),
    )
  })

  it('keeps no more integrations than a plan has, and what is kept has room', () => {
    fc.assert(
      fc.property(fc.constantFrom(...planIds), fc.shuffledSubarray([...names]), (id, wanted) => {
        const plan = plans[id]
        const kept = keptIntegrations(plan, wanted)
        expect(kept.length + 1).toBeLessThanOrEqual(plan.integrations.most ?? names.length)
        expect(kept.filter((each) => !wanted.includes(each))).toEqual([])
        for (const each of kept) expect(hasRoom(plan, kept, each)).toBe(true)
        const first = wanted.find((each) => each !== 'slack')
        if (first && plan.integrations.among === null && plan.id !== 'solo') expect(kept).toContain(first)
      }),
    )
    expect(hasRoom(plans.starter, ['slack', 'jira'], 'kubernetes')).toBe(false)
    expect(hasRoom(plans.solo, ['slack', 'notion'], 'kubernetes')).toBe(false)
    expect(hasRoom(plans.solo, ['slack', 'notion'], 'github')).toBe(true)
  })

  it('warns at 80 and 100 percent, never of what is unlimited or closed', () => {
    expect([79, 80, 99, 100, 101].map((used) => warningAt(used, 100))).toEqual([null, 80, 80, 100, 100])
    expect([warningAt(1_000_000, null), warningAt(0, 0)]).toEqual([null, null])
  })
})

describe('what a state of a subscription gives', () => {
  const since = Date.UTC(2026, 10, 1)
  const of = (state: SubscriptionState, kind: 'company' | 'individual' = 'company') => {
    const plan = kind === 'company' ? 'professional' : 'pro'
    return entitlementOf(kind, { state, plan, pastDueSince: state === 'past_due' ? since : null } as Subscription)
  }
  const paid = { plan: 'professional', planUntil: null }
  const free = { plan: 'starter', planUntil: null }

  it.each([
    ['active', paid, true],
    ['trialing', paid, true],
    ['past_due', { plan: 'professional', planUntil: since + 14 * dayMs }, true],
    ['unpaid', free, true],
    ['paused', free, true],
    ['canceled', free, false],
    ['incomplete', free, false],
    ['incomplete_expired', free, false],
  ] as const)('%s', (state, wanted, goesOn) => {
    expect(of(state)).toEqual(wanted)
    expect(of(state, 'individual')).toEqual({
      ...wanted,
      plan: wanted.plan === 'starter' ? 'none' : 'pro',
    })
    expect(isOngoing({ state } as Subscription)).toBe(goesOn)
  })

  it('counts grace from the first unpaid invoice, not from each try of the card', () => {
    const seen = { id: 'sub_1', state: 'past_due', invoicedAt: 5, periodEnd: 9 } as Subscription
    expect(pastDueSince(null, seen)).toBe(5)
    expect(pastDueSince({ ...seen, pastDueSince: 5 }, { ...seen, invoicedAt: 8 })).toBe(5)
    expect(pastDueSince({ ...seen, id: 'sub_0', pastDueSince: 5 }, { ...seen, invoicedAt: 8 })).toBe(8)
    expect(pastDueSince({ ...seen, pastDueSince: 5 }, { ...seen, state: 'active' })).toBeNull()
  })
})

describe('months in the time zone of a tenant', () => {
  const zones = ['Europe/Paris', 'UTC', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu', 'Pacific/Kiritimati']
  const moment = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2060, 0) })

  it('each moment is in one month, which ends where the next begins: summer time, leap days, new years', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (zone, at) => {
        const month = monthKey(at, zone)
        const end = endOfMonth(at, zone)
        expect(end).toBeGreaterThan(at)
        expect(monthKey(end - 1, zone)).toBe(month)
        expect(monthKey(end, zone) > month).toBe(true)
        expect(monthKey(startOfDayKey(`${month}-01`, zone), zone)).toBe(month)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['2028-02-29T22:59:59.999Z', '2028-02', '2028-02-29T23:00:00.000Z'],
    ['2026-03-29T00:59:59.999Z', '2026-03', '2026-03-31T22:00:00.000Z'],
    ['2026-10-25T00:30:00.000Z', '2026-10', '2026-10-31T23:00:00.000Z'],
    ['2026-12-31T23:00:00.000Z', '2027-01', '2027-01-31T23:00:00.000Z'],
  ])('in Paris, %s is in %s, until %s', (at, month, end) => {
    expect(monthKey(Date.parse(at), 'Europe/Paris')).toBe(month)
    expect(new Date(endOfMonth(Date.parse(at), 'Europe/Paris')).toISOString()).toBe(end)
  })
})
