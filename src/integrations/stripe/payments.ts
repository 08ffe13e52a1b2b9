import type Stripe from 'stripe'
import type { PaymentEvent, Payments, PortalVisit, SeenSubscription } from '../../capabilities/payments.ts'
import type { PlanId } from '../../domain/plans.ts'
import { subscriptionStates } from '../../domain/subscription.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import type { StripeAccess } from './access.ts'
import { call, createClient } from './client.ts'
import { followedEvents, lookupKey, meterName, planOfPrice } from './names.ts'

const ms = (seconds: number): number => seconds * 1000
const seconds = (at: number): number => Math.floor(at / 1000)

const invoiceStates = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const

/** A webhook older than this is not believed (s); Stripe signs anew at each delivery. */
const tolerance = 300

/** Payments at Stripe. */
export function createStripePayments(access: StripeAccess, now: () => number): Payments {
  const stripe = createClient(access)
  let meterId: string | undefined

  async function priceOf(plan: PlanId): Promise<string> {
    const { data } = await stripe.prices.list({ lookup_keys: [lookupKey(plan)], active: true, limit: 1 })
    if (data[0]) return data[0].id
    throw new NoxError('not-found', `Stripe has no price ${lookupKey(plan)}: run nox billing setup`, {
      forPerson: phrase('billing.stripe.refused'),
    })
  }

  async function flowOf(visit: PortalVisit): Promise<Stripe.BillingPortal.SessionCreateParams.FlowData | undefined> {
    switch (visit.kind) {
      case 'overview':
        return undefined
      case 'card':
        return { type: 'payment_method_update' }
      case 'cancel':
        return { type: 'subscription_cancel', subscription_cancel: { subscription: visit.subscriptionId } }
      case 'change': {
        const { items } = await stripe.subscriptions.retrieve(visit.subscriptionId)
        const item = items.data.find(({ price }) => planOfPrice(price) !== null)
        const change = { id: item?.id ?? '', price: await priceOf(visit.plan), quantity: 1 }
        const confirm = { subscription: visit.subscriptionId, items: [change] }
        return { type: 'subscription_update_confirm', subscription_update_confirm: confirm }
      }
    }
  }

  return {
    createCustomer: ({ tenantId, name, language }) =>
      call('a customer', async () => {
        const about = { name, preferred_locales: [language], metadata: { tenantId } }
        // The same tenant asked twice within a day is one customer.
        return (await stripe.customers.create(about, { idempotencyKey: `nox-customer-${tenantId}` })).id
      }),
    checkoutLink: ({ customerId, tenantId, plan, language, returnUrl }) =>
      call('a checkout', async () => {
        // One open checkout at a time: two that are both paid would be two subscriptions. One that is just being paid
        // can't be closed, and then there is no new one.
        const open = await stripe.checkout.sessions.list({ customer: customerId, status: 'open', limit: 100 })
        for (const { id } of open.data) await stripe.checkout.sessions.expire(id)
        const session = await stripe.checkout.sessions.create({
          mode: 'subscription',
          customer: customerId,
          client_reference_id: tenantId,
          line_items: [{ price: await priceOf(plan), quantity: 1 }],
          locale: language,
          success_url: returnUrl,
          cancel_url: returnUrl,
          billing_address_collection: 'required',
          tax_id_collection: { enabled: true },
          customer_update: { name: 'auto', address: 'auto' },
          metadata: { tenantId },
          subscription_data: { metadata: { tenantId } },
        })
        if (session.url) return session.url
        throw new NoxError('vendor-failed', 'Stripe gave a checkout without an address')
      }),
    portalLink: ({ customerId, language, returnUrl, visit }) =>
      call('the portal', async () => {
        const flow = await flowOf(visit)
        const session = await stripe.billingPortal.sessions.create({
          customer: customerId,
          locale: language,
          return_url: returnUrl,
          ...(flow ? { flow_data: flow } : {}),
        })
        return session.url
      }),
    subscription: (customer) =>
      call('a subscription', async () => {
        const { data } = await stripe.subscriptions.list({
          customer,
          status: 'all',
          limit: 20,
          expand: ['data.latest_invoice'],
        })
        const seen = data.map(read).filter((each) => each !== null)
        return seen.sort((a, b) => rank(b) - rank(a) || b.createdAt - a.createdAt)[0] ?? null
      }),
    invoices: (customer, limit) =>
      call('the invoices', async () => {
        const { data } = await stripe.invoices.list({ customer, limit })
        return data.map((each) => ({
          number: each.number ?? each.id,
          at: ms(each.created),
          total: { minor: each.total, currency: each.currency },
          state: invoiceStates.find((state) => state === each.status) ?? 'draft',
          url: each.hosted_invoice_url ?? null,
        }))
      }),
    nextInvoice: (customer, subscription) =>
      call('the next invoice', async () => {
        const preview = await stripe.invoices.createPreview({ customer, subscription })
        const at = preview.next_payment_attempt ?? preview.period_end
        return { at: ms(at), total: { minor: preview.total, currency: preview.currency } }
      }),
    reportUsage: ({ customerId, units, identifier, at }) =>
      call('the meter', async () => {
        const payload = { stripe_customer_id: customerId, value: String(units) }
        const event = { event_name: meterName, identifier, timestamp: seconds(at), payload }
        await stripe.billing.meterEvents.create(event).catch((error: unknown) => {
          // It was told before; that was not known here.
          if (error instanceof Error && /already exists with identifier/.test(error.message)) return
          throw error
        })
      }),
    meteredUsage: (customer, from, to) =>
      call('the meter', async () => {
        meterId ??= (await stripe.billing.meters.list({ status: 'active', limit: 100 })).data.find(
          (each) => each.event_name === meterName,
        )?.id
        if (!meterId) throw new NoxError('not-found', `Stripe has no meter ${meterName}: run nox billing setup`)
        // Stripe takes whole minutes.
        const minutes = (at: number) => seconds(at) - (seconds(at) % 60)
        const period = { customer, start_time: minutes(from), end_time: minutes(to) }
        let sum = 0
        for await (const each of stripe.billing.meters.listEventSummaries(meterId, period)) sum += each.aggregated_value
        return sum
      }),
    async readEvent(body, signature) {
      try {
        const { webhookSecret } = access
        const at = now()
        const event = await stripe.webhooks.constructEventAsync(
          body,
          signature ?? '',
          webhookSecret,
          tolerance,
          undefined,
          at,
        )
        return eventOf(event)
      } catch {
        return null
      }
    },
    async *events(since) {
      const list = { types: [...followedEvents], created: { gte: seconds(since) }, limit: 100 }
      const found: PaymentEvent[] = []
      for await (const event of stripe.events.list(list)) found.push(eventOf(event))
      yield* found.reverse()
    },
  }
}

/** A subscription that goes on counts before one that is over. */
const rank = ({ state }: SeenSubscription): number =>
  ['active', 'trialing'].includes(state) ? 3 : state === 'past_due' ? 2 : ['unpaid', 'paused'].includes(state) ? 1 : 0

function read(from: Stripe.Subscription): SeenSubscription | null {
  const state = subscriptionStates.find((each) => each === from.status)
  const item = from.items.data.find(({ price }) => planOfPrice(price) !== null)
  const plan = item ? planOfPrice(item.price) : null
  if (!state || !item || !plan) return null
  const invoice = typeof from.latest_invoice === 'object' ? from.latest_invoice : null
  const periodEnd = ms(item.current_period_end)
  return {
    id: from.id,
    state,
    plan,
    createdAt: ms(from.created),
    periodEnd,
    trialEnd: from.trial_end === null ? null : ms(from.trial_end),
    cancelAt: from.cancel_at !== null ? ms(from.cancel_at) : from.cancel_at_period_end ? periodEnd : null,
    invoicedAt: invoice ? ms(invoice.created) : null,
  }
}

function eventOf({ id, type, created, data }: Stripe.Event): PaymentEvent {
  const about = data.object as {
    customer?: string | { id: string } | null
    metadata?: Record<string, string> | null
    parent?: { subscription_details?: { metadata?: Record<string, string> | null } | null } | null
  }
  const customerId = typeof about.customer === 'string' ? about.customer : (about.customer?.id ?? null)
  const tenantId = about.metadata?.tenantId ?? about.parent?.subscription_details?.metadata?.tenantId ?? null
  return { id, type, createdAt: ms(created), customerId, tenantId }
}
