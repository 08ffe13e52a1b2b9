import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Services } from '../../src/actions/services.ts'
import { dayMs, type PlanId, planAt, plans } from '../../src/domain/plans.ts'
import { receivePaymentEvent } from '../../src/request/billing/receive-payment-event.ts'
import { signEvent } from '../../src/sandbox/stripe/index.ts'
import { nextMonth } from '../../src/sandbox/stripe/lifecycle.ts'
import { presentEvent } from '../../src/sandbox/stripe/present.ts'
import type { StripeEvent } from '../../src/sandbox/stripe/world.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { testKey } from '../helpers/each-database.ts'
import { type RunningRoad, startRoad } from '../helpers/start-road.ts'
import { type RunningStripe, startStripe, stripeKeys, submit } from '../helpers/stripe.ts'

/** What a subscription comes to, told once more in the fewest words: days since it was bought. */
class Reference {
  plan: PlanId
  state: 'active' | 'past_due' | 'unpaid' | 'paused' | 'canceled' = 'active'
  card = true
  ends = false
  unpaidSince = 0
  renews: number
  constructor(plan: PlanId, at: number) {
    this.plan = plan
    this.renews = nextMonth(at)
  }

  day(at: number): void {
    while (this.state !== 'canceled' && this.renews <= at) {
      const due = this.renews
      this.renews = nextMonth(due)
      if (this.ends) this.state = 'canceled'
      else if (this.state === 'active' || this.state === 'past_due') this.pay(due)
    }
    // Stripe gives up on an invoice after three weeks.
    if (this.state === 'past_due' && at >= this.unpaidSince + 21 * 86_400) this.state = 'unpaid'
  }

  private pay(due: number): void {
    if (this.card) this.state = 'active'
    else {
      if (this.state !== 'past_due') this.unpaidSince = due
      this.state = 'past_due'
    }
  }

  setCard(isGood: boolean): void {
    this.card = isGood
    if (isGood && (this.state === 'past_due' || this.state === 'unpaid')) this.state = 'active'
  }

  /** The plan that holds at a moment (s). */
  holds(at: number): PlanId {
    if (this.state === 'active') return this.plan
    if (this.state === 'past_due' && at < this.unpaidSince + 14 * 86_400) return this.plan
    return 'none'
  }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('days' as const), n: fc.integer({ min: 1, max: 40 }) }) },
  fc.record({ do: fc.constantFrom('decline', 'accept', 'cancel', 'keep', 'pause', 'resume', 'solo', 'pro') }),
)
/** How what happened is told: in any order, again and again, forged ones between. */
const telling = fc.record({ seed: fc.integer(), copies: fc.integer({ min: 1, max: 3 }), late: fc.boolean() })

let storage: Storage
let road: RunningRoad
let stripe: RunningStripe
const clock = { at: Date.UTC(2027, 0, 31, 9) }
beforeAll(async () => {
  storage = await openStorage({ path: ':memory:' }, createVault([testKey]))
  road = await startRoad(storage, {} as never)
  stripe = await startStripe(() => clock.at)
  stripe.double.deliverer.hold()
})
afterAll(async () => {
  await stripe.close()
  await road.stop()
})

function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed >>> 0
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return items
    .map((each) => ({ each, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ each }) => each)
}

it('comes to what the life of a subscription comes to, however its webhooks arrive', { timeout: 240_000 }, async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), telling, async (steps, how) => {
      runs += 1
      const { double, payments } = stripe
      const services: Services = {
        ...road.services,
        now: () => double.now() * 1000,
        planOf: (tenant) => planAt(tenant, double.now() * 1000),
        billing: payments,
        messenger: { ...road.services.messenger, direct: async () => ({ conversationId: 'D1', ts: '1.1' }) },
      }
      const tenantId = `L${runs}`
      const freelance = { id: tenantId, kind: 'individual', name: 'Léa', language: 'fr', timeZone: 'UTC' } as const
      await storage.tenants.create({ ...freelance, plan: 'none', planUntil: null }, 0)
      const customerId = await payments.createCustomer({ tenantId, name: 'Léa', language: 'fr' })
      await storage.billing.save(tenantId, { customerId, subscription: null, version: 0 }, {})
      const about = { customerId, tenantId, plan: 'solo', language: 'fr', returnUrl: 'https://nox.example/' } as const
      await submit(await payments.checkoutLink(about), { action: 'pay', card: '4242 4242 4242 4242' })

      const subscription = [...double.world.subscriptions.values()].find((each) => each.customer === customerId)
      const customer = double.world.customers.get(customerId)
      if (!subscription || !customer) throw new Error('nothing was bought')
      const reference = new Reference('solo', subscription.created)
      const send = async (event: StripeEvent, secret = stripeKeys.webhookSecret) => {
        const body = JSON.stringify(presentEvent(event))
        return receivePaymentEvent(services, payments, body, signEvent(body, secret, Math.floor(clock.at / 1000)))
      }
      /** Some of what waits, each several times, in some order; a forged one tells of a cancelled subscription. */
      const tell = async (all: boolean, seed: number) => {
        const waiting = double.deliverer.held.splice(0)
        const kept = all ? [] : waiting.filter((_, n) => (n + seed) % 3 === 0)
        double.deliverer.held.push(...kept)
        const sent = waiting.filter((each) => !kept.includes(each))
        const events = shuffled(
          sent.flatMap((each) => Array(how.copies).fill(each) as StripeEvent[]),
          seed,
        )
        // Up to eight at a time, as a provider sends them.
        for (let from = 0; from < events.length; from += 8) {
          const group = events.slice(from, from + 8)
          expect(await Promise.all(group.map((event) => send(event)))).toEqual(group.map(() => 200))
        }
        const before = await storage.billing.find(tenantId)
        const lie = {
          id: `evt_${seed}`,
          type: 'customer.subscription.deleted',
          created: 1,
          object: { customer: customerId },
        }
        expect(await send(lie, 'whsec_forged')).toBe(400)
        expect(await storage.billing.find(tenantId)).toEqual(before)
      }

      for (const [index, each] of steps.entries()) {
        if ('n' in each) {
          for (let day = 0; day < each.n; day += 1) {
            double.advance(1)
            reference.day(double.now())
          }
        } else if (each.do === 'decline' || each.do === 'accept') {
          double.lifecycle.setCard(customer, each.do === 'accept' ? 'accepted' : 'declined')
          reference.setCard(each.do === 'accept')
        } else if (reference.state !== 'canceled') {
          if (each.do === 'cancel') double.lifecycle.cancel(subscription, true)
          if (each.do === 'keep') double.lifecycle.keep(subscription)
          if (each.do === 'cancel' || each.do === 'keep') reference.ends = each.do === 'cancel'
          if ((each.do === 'solo' || each.do === 'pro') && reference.state === 'active' && reference.card) {
            const key = `nox_${each.do}_monthly`
            const price = [...double.world.prices.values()].find(({ lookupKey }) => lookupKey === key)
            if (price) double.lifecycle.changePrice(subscription, price)
            reference.plan = each.do
          }
          if (each.do === 'pause' && reference.state === 'active') {
            double.lifecycle.pause(subscription)
            reference.state = 'paused'
          }
          if (each.do === 'resume' && reference.state === 'paused') {
            double.lifecycle.resume(subscription)
            reference.state = 'active'
          }
        }
        await tell(!how.late, how.seed + index)
      }
      await tell(true, how.seed - 1)
      const now = double.now()
      const tenant = await storage.tenants.find(tenantId)
      const row = await storage.billing.find(tenantId)
      expect([row?.subscription?.state, tenant && planAt(tenant, now * 1000).id]).toEqual([
        reference.state,
        reference.holds(now),
      ])
      // In two weeks of silence, grace ends by itself.
      if (tenant && reference.state === 'past_due') expect(planAt(tenant, now * 1000 + 15 * dayMs)).toBe(plans.none)
      double.world.subscriptions.clear()
      double.deliverer.held.length = 0
    }),
    { numRuns: 60 },
  )
  expect(runs).toBeGreaterThanOrEqual(60)
})
