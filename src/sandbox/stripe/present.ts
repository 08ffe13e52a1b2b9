import type { Customer, Invoice, Meter, Price, Product, Session, StripeEvent, Subscription, World } from './world.ts'

type Json = Record<string, unknown>

/** A page of a list. @param url its path */
export const listOf = (url: string, data: readonly Json[], hasMore = false): Json => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
})

/** A customer without an address, an e-mail or anything owed. */
export const presentCustomer = ({ id, created, name, metadata, locales }: Customer): Json => ({
  id,
  object: 'customer',
  address: null,
  balance: 0,
  created,
  currency: null,
  delinquent: false,
  email: null,
  invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
  livemode: false,
  metadata,
  name,
  phone: null,
  preferred_locales: locales,
  shipping: null,
  tax_exempt: 'none',
})

/** A product, which nobody takes out of sale here. */
export const presentProduct = ({ id, created, name, metadata }: Product): Json => ({
  id,
  object: 'product',
  active: true,
  created,
  default_price: null,
  description: null,
  images: [],
  livemode: false,
  metadata,
  name,
  type: 'service',
  updated: created,
})

/** A price by the month. Amounts are in cents. */
export const presentPrice = ({ id, created, product, amount, currency, lookupKey, active }: Price): Json => ({
  id,
  object: 'price',
  active,
  billing_scheme: 'per_unit',
  created,
  currency,
  livemode: false,
  lookup_key: lookupKey,
  metadata: {},
  nickname: null,
  product,
  recurring: { interval: 'month', interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed' },
  tax_behavior: 'unspecified',
  type: 'recurring',
  unit_amount: amount,
  unit_amount_decimal: String(amount),
})

/** @param expands the newest invoice as a whole, not as an id */
export function presentSubscription(world: World, subscription: Subscription, expands = false): Json {
  const { id, created, customer, metadata, itemId, status, periodStart, periodEnd, trialEnd } = subscription
  const price = world.prices.get(subscription.price)
  const invoice = world.invoices.get(subscription.latestInvoice ?? '')
  return {
    id,
    object: 'subscription',
    billing_cycle_anchor: created,
    cancel_at: subscription.cancelAtPeriodEnd ? periodEnd : null,
    cancel_at_period_end: subscription.cancelAtPeriodEnd,
    canceled_at: subscription.canceledAt,
    collection_method: 'charge_automatically',
    created,
    currency: price?.currency ?? 'eur',
    customer,
    default_payment_method: null,
    ended_at: subscription.endedAt,
    items: listOf(`/v1/subscription_items?subscription=${id}`, [
      {
        id: itemId,
        object: 'subscription_item',
        created,
        current_period_end: periodEnd,
        current_period_start: periodStart,
        metadata: {},
        price: price ? presentPrice(price) : null,
        quantity: 1,
        subscription: id,
        tax_rates: [],
      },
    ]),
    latest_invoice: invoice ? (expands ? presentInvoice('', invoice) : invoice.id) : null,
    livemode: false,
    metadata,
    pause_collection: null,
    start_date: created,
    status,
    trial_end: trialEnd,
    trial_start: trialEnd === null ? null : created,
  }
}

/** @param origin where its page is: `http://127.0.0.1:3000` */
export const presentInvoice = (origin: string, invoice: Invoice): Json => ({
  id: invoice.id,
  object: 'invoice',
  amount_due: invoice.total,
  amount_paid: invoice.status === 'paid' ? invoice.total : 0,
  amount_remaining: invoice.status === 'paid' ? 0 : invoice.total,
  attempt_count: invoice.attempts,
  created: invoice.created,
  currency: invoice.currency,
  customer: invoice.customer,
  hosted_invoice_url: `${origin}/sandbox/stripe/invoice/${invoice.id}`,
  livemode: false,
  metadata: {},
  number: invoice.number,
  parent: {
    type: 'subscription_details',
    subscription_details: { subscription: invoice.subscription, metadata: {} },
    quote_details: null,
  },
  period_end: invoice.created,
  period_start: invoice.created,
  status: invoice.status,
  total: invoice.total,
})

/** A session of checkout or of the portal; one of checkout has its address only while it is open. */
export const presentSession = (origin: string, session: Session): Json => {
  const { id, created, customer, kind, status, metadata, returnUrl, locale } = session
  const url = `${origin}/sandbox/stripe/${kind}/${id}`
  if (kind === 'portal') {
    return {
      id,
      object: 'billing_portal.session',
      configuration: 'bpc_sandbox',
      created,
      customer,
      flow: null,
      livemode: false,
      locale,
      on_behalf_of: null,
      return_url: returnUrl,
      url,
    }
  }
  return {
    id,
    object: 'checkout.session',
    client_reference_id: session.reference,
    created,
    customer,
    expires_at: session.expiresAt,
    livemode: false,
    locale,
    metadata,
    mode: 'subscription',
    payment_status: status === 'complete' ? 'paid' : 'unpaid',
    status,
    success_url: returnUrl,
    url: status === 'open' ? url : null,
  }
}

/** A meter that sums by customer. */
export const presentMeter = ({ id, created, eventName, displayName }: Meter): Json => ({
  id,
  object: 'billing.meter',
  created,
  customer_mapping: { event_payload_key: 'stripe_customer_id', type: 'by_id' },
  default_aggregation: { formula: 'sum' },
  display_name: displayName,
  event_name: eventName,
  event_time_window: null,
  livemode: false,
  status: 'active',
  status_transitions: { deactivated_at: null },
  updated: created,
  value_settings: { event_payload_key: 'value' },
})

/** An event with its object as it was then. */
export const presentEvent = ({ id, type, created, object }: StripeEvent): Json => ({
  id,
  object: 'event',
  api_version: '2026-10-28.endive',
  created,
  data: { object },
  livemode: false,
  pending_webhooks: 0,
  request: { id: null, idempotency_key: null },
  type,
})
