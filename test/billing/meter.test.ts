import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Services } from '../../src/actions/services.ts'
import type { Payments } from '../../src/capabilities/payments.ts'
import { dayKey, monthKey } from '../../src/permissions/index.ts'
import { meterTenant, meterUsage } from '../../src/request/billing/meter-usage.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { entry, newAction } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { type RunningStripe, startStripe } from '../helpers/stripe.ts'

const hour = 3_600_000
const zone = 'Europe/Paris'
const clock = { at: 0 }
const lines: Record<string, unknown>[] = []
let told: string[] = []
let storage: Storage
let stripe: RunningStripe
let count = 0
beforeAll(async () => {
  storage = await openStorage({ path: ':memory:' }, createVault([testKey]))
  stripe = await startStripe(() => clock.at)
  stripe.double.deliverer.hold()
})
afterAll(async () => {
  await stripe.close()
  await storage.close()
})

/** A tenant in Paris with a customer at Stripe, at a moment of its own. */
async function tenantAt(at: string) {
  clock.at = Date.parse(at)
  count += 1
  const tenantId = `M${count}`
  const about = { kind: 'company', name: 'Société X', language: 'fr', timeZone: zone, plan: 'professional' } as const
  await storage.tenants.create({ id: tenantId, ...about }, clock.at)
  const customerId = await stripe.payments.createCustomer({ tenantId, name: 'Société X', language: 'fr' })
  await storage.billing.save(tenantId, { customerId, subscription: null, version: 0 }, {})
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const metrics = { actionEnded() {}, differenceFound: (where: string) => void told.push(where) }
  told = []
  const services = { storage, log, metrics, now: () => clock.at } as unknown as Services
  /** An order that takes a unit now; how it ends is said later. */
  const order = async () => {
    const quota = { day: dayKey(clock.at, zone), dayLimit: 1_000, month: monthKey(clock.at, zone), monthLimit: 10_000 }
    const accepted = await storage.ledger.accept(newAction({ tenantId, quota, now: clock.at, leaseMs: hour }))
    if (accepted.kind !== 'accepted') throw new Error(accepted.kind)
    const { id, fence } = accepted.action
    return (giveBack = false) =>
      storage.ledger.finish(tenantId, id, fence, {
        state: giveBack ? 'failed' : 'done',
        audit: entry({ actionId: id }),
        giveBack,
        messageTs: null,
        now: clock.at,
      })
  }
  const look = (payments: Payments = stripe.payments) => meterTenant(services, payments, tenantId, customerId)
  const atMeter = () =>
    stripe.double.world.meterEvents
      .filter(({ customer }) => customer === customerId)
      .map(({ value, at: when }) => [new Date(when * 1000).toISOString().slice(0, 16), value])
  return { tenantId, customerId, services, order, look, atMeter }
}

it('tells the meter each unit once, in the month of the tenant’s zone that it was taken in', async () => {
  const { order, look, atMeter } = await tenantAt('2028-02-29T22:30:00Z')
  const february = [await order(), await order(), await order()]
  await february[0]?.()
  await look()
  expect(atMeter()).toEqual([['2028-02-29T22:30', 1]])
  // Midnight in Paris: March has begun, and an order of February ends late; one gives its unit back.
  clock.at = Date.parse('2028-02-29T23:20:00Z')
  await (await order())()
  await february[1]?.()
  await february[2]?.(true)
  await look()
  expect(atMeter().slice(1)).toEqual([
    ['2028-02-29T22:59', 1],
    ['2028-02-29T23:20', 1],
  ])
  clock.at += hour
  const found = await look()
  expect(found.map(({ period, meter, atMeter: m, atCounter: c }) => [period, meter, m, c])).toEqual([
    ['2028-02', 2, 0, 0],
    ['2028-03', 1, 0, 0],
  ])
  expect(atMeter()).toHaveLength(3)
})

it('loses and doubles no unit, whatever breaks on the way', async () => {
  const { order, look, atMeter } = await tenantAt('2026-10-25T00:30:00Z')
  let wanted = 0
  const step = fc.constantFrom('order', 'back', 'look', 'unsent', 'lost', 'crash') // Summer time ends meanwhile.
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      for (const each of steps) {
        if (each === 'order' || each === 'back') {
          await (await order())(each === 'back')
          if (each === 'order') wanted += 1
          continue
        }
        const fails = async () => Promise.reject(new Error('broken'))
        const reportUsage: Payments['reportUsage'] =
          each === 'look'
            ? stripe.payments.reportUsage
            : each === 'unsent'
              ? fails
              : (usage) => stripe.payments.reportUsage(usage).then(fails)
        // Two processes look at once where one took the other for dead.
        const looks = [look({ ...stripe.payments, reportUsage }), ...(each === 'crash' ? [look()] : [])]
        await Promise.allSettled(looks)
        clock.at += 60_000
      }
      const broken = await look().then(
        () => null,
        (error: unknown) => error,
      )
      expect(broken).toBeNull()
      expect(atMeter().reduce((sum, [, value]) => sum + Number(value), 0)).toBe(wanted)
      expect((await look()).map(({ atMeter: m, atCounter: c }) => [m, c])).toEqual([[0, 0]])
    }),
    { numRuns: 60 },
  )
  expect(wanted).toBeGreaterThan(30)
})

it('finds a difference, tells it once when it stays, and corrects nothing', async () => {
  const { tenantId, customerId, services, order } = await tenantAt('2026-11-10T08:00:00Z')
  const hourly = async () => {
    await meterUsage(services, stripe.payments)
    clock.at += hour
  }
  await (await order())()
  await hourly()
  await hourly()
  const about = { customerId, units: 5, at: clock.at - hour }
  await stripe.payments.reportUsage({ ...about, identifier: 'somebody else' })
  await hourly()
  expect([lines, told]).toEqual([[], []])
  for (let again = 0; again < 3; again += 1) await hourly()
  const facts = { tenant: tenantId, period: '2026-11', ledger: 1, counter: 1, meter: 6, atMeter: 5, atCounter: 0 }
  expect(lines).toEqual([expect.objectContaining(facts)])
  expect(told).toEqual(['meter'])
  const records = await storage.audit.list(tenantId, { command: 'billing.reconcile', limit: 5 })
  expect(records).toMatchObject([{ actor: 'nox', resource: '2026-11', details: { ledger: 1, meter: 6, atMeter: 5 } }])
  expect(await stripe.payments.meteredUsage(customerId, clock.at - 24 * hour, clock.at)).toBe(6)
})
