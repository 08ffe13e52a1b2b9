import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { usageOf } from '../../src/actions/context-parts.ts'
import { quotaClaim } from '../../src/actions/quota.ts'
import type { Services } from '../../src/actions/services.ts'
import type { Command } from '../../src/commands/command.ts'
import type { Member } from '../../src/domain/member.ts'
import { plans } from '../../src/domain/plans.ts'
import type { Tenant } from '../../src/domain/tenant.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { newAction } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'

const hour = 3_600_000
const deploy = { words: { name: 'deploy', action: 'deploy' } } as unknown as Command
let storage: Storage
let made = 0
beforeAll(async () => {
  storage = await openStorage({ path: ':memory:' }, createVault([testKey]))
})
afterAll(() => storage.close())

/** A tenant with so many actions a month and a day, in a zone, whose clock is set. */
async function tenantIn(timeZone: string, limits: { month: number; day: number }) {
  made += 1
  const about = { kind: 'company', name: 'X', language: 'fr', plan: 'starter', timeZone } as const
  const tenant: Tenant = await storage.tenants.create({ id: `Q${made}`, ...about }, 0)
  const member = { tenantId: tenant.id, id: 'M1', maxActionsPerDay: limits.day } as Member
  const clock = { at: 0 }
  const planOf = () => ({ ...plans.starter, actionsPerMonth: limits.month })
  const services = { storage, planOf, now: () => clock.at } as unknown as Services
  return {
    clock,
    usage: () => usageOf(services, tenant, member),
    async order(at: number) {
      clock.at = at
      const quota = quotaClaim(services, deploy, tenant, member)
      const { kind } = await storage.ledger.accept(newAction({ tenantId: tenant.id, quota, now: at, leaseMs: hour }))
      return kind
    },
  }
}

/** The local day of a moment, as the platform's own calendar has it. */
const localDay = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** Around a leap day, both changes of the clock, a new year, and a day that Samoa never had. */
const edges = [
  '2028-02-29T12:00Z',
  '2028-02-28T20:00Z',
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-12-31T12:00Z',
  '2011-12-30T10:00Z',
]
const zones = ['Europe/Paris', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Santiago', 'UTC']

it('gives each local day and month its units, no more and no less, whatever the clock does', async () => {
  const moment = fc.record({ edge: fc.constantFrom(...edges), shift: fc.integer({ min: -60 * hour, max: 60 * hour }) })
  const limits = fc.record({ month: fc.integer({ min: 1, max: 8 }), day: fc.integer({ min: 1, max: 5 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...zones),
      limits,
      fc.array(moment, { minLength: 5, maxLength: 40 }),
      async (zone, most, moments) => {
        const { order } = await tenantIn(zone, most)
        const used = new Map<string, number>()
        const of = (period: string) => used.get(period) ?? 0
        for (const at of moments.map(({ edge, shift }) => Date.parse(edge) + shift)) {
          const day = localDay(at, zone)
          const month = day.slice(0, 7)
          const fits = of(day) < most.day && of(month) < most.month
          expect([day, await order(at)]).toEqual([day, fits ? 'accepted' : 'exhausted'])
          if (fits) for (const period of [day, month]) used.set(period, of(period) + 1)
        }
      },
    ),
    { numRuns: 80 },
  )
})

it('goes on at local midnight of the first, also after 29 February, and foretells the month', async () => {
  const paris = await tenantIn('Europe/Paris', { month: 2, day: 9 })
  const at = (text: string) => paris.order(Date.parse(text))
  expect(await at('2028-02-01T00:00:00+01:00')).toBe('accepted')
  expect(await at('2028-02-29T23:59:59+01:00')).toBe('accepted')
  expect(await at('2028-02-29T23:59:59.999+01:00')).toBe('exhausted')
  expect(await at('2028-03-01T00:00:00+01:00')).toBe('accepted')
  const forecast = async (text: string) => {
    paris.clock.at = Date.parse(text)
    return (await paris.usage()).month.forecast
  }
  // One in the first minutes is not foretold as thousands; in the middle of February's 29 days two are four.
  expect(await forecast('2028-03-01T00:10:00+01:00')).toBe(31)
  expect(await forecast('2028-02-15T12:00:00+01:00')).toBe(4)
  expect(await forecast('2028-02-29T23:59:59+01:00')).toBe(2)
})
