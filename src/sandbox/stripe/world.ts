import { randomBytes } from 'node:crypto'

export type SubscriptionStatus =
  | 'incomplete'
  | 'incomplete_expired'
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'unpaid'
  | 'canceled'
  | 'paused'

export interface Customer {
  readonly id: string
  readonly created: number
  readonly metadata: Record<string, string>
  name: string | null
  locales: readonly string[]
  /** A VAT id that was entered on a page. */
  taxId: string | null
  /** What the bank says to the card; `null` = there is none. */
  card: 'accepted' | 'declined' | null
}

export interface Product {
  readonly id: string
  readonly created: number
  readonly name: string
  readonly metadata: Record<string, string>
}

export interface Price {
  readonly id: string
  readonly created: number
  readonly product: string
  readonly amount: number
  readonly currency: string
  lookupKey: string | null
  active: boolean
}

export interface Subscription {
  readonly id: string
  readonly created: number
  readonly customer: string
  readonly metadata: Record<string, string>
  readonly itemId: string
  price: string
  status: SubscriptionStatus
  periodStart: number
  periodEnd: number
  trialEnd: number | null
  cancelAtPeriodEnd: boolean
  canceledAt: number | null
  endedAt: number | null
  latestInvoice: string | null
}

export interface Invoice {
  readonly id: string
  readonly created: number
  readonly number: string
  readonly customer: string
  readonly subscription: string
  readonly total: number
  readonly currency: string
  readonly description: string
  status: 'open' | 'paid' | 'void' | 'uncollectible'
  attempts: number
}

export interface Session {
  readonly id: string
  readonly kind: 'checkout' | 'portal'
  readonly created: number
  readonly customer: string
  readonly returnUrl: string
  readonly metadata: Record<string, string>
  readonly subscriptionMetadata: Record<string, string>
  readonly reference: string | null
  readonly locale: string
  /** The price that is bought, or changed to. */
  readonly price: string | null
  readonly flow: 'overview' | 'card' | 'change' | 'cancel'
  readonly collectsTaxId: boolean
  readonly expiresAt: number
  status: 'open' | 'complete' | 'expired'
}

export interface Meter {
  readonly id: string
  readonly created: number
  readonly eventName: string
  readonly displayName: string
}

export interface MeterEvent {
  readonly eventName: string
  readonly identifier: string
  readonly customer: string
  readonly value: number
  readonly at: number
}

export interface Endpoint {
  readonly id: string
  readonly created: number
  readonly url: string
  readonly secret: string
  readonly events: readonly string[]
}

export interface StripeEvent {
  readonly id: string
  readonly type: string
  readonly created: number
  readonly object: Record<string, unknown>
}

/** Everything that the simulated Stripe keeps; moments are seconds, as Stripe counts. */
export interface World {
  readonly customers: Map<string, Customer>
  readonly products: Map<string, Product>
  readonly prices: Map<string, Price>
  readonly subscriptions: Map<string, Subscription>
  readonly invoices: Map<string, Invoice>
  readonly sessions: Map<string, Session>
  readonly meters: Map<string, Meter>
  readonly meterEvents: MeterEvent[]
  readonly endpoints: Map<string, Endpoint>
  readonly configurations: Map<string, { readonly id: string; readonly created: number; features: unknown }>
  readonly events: StripeEvent[]
}

/** An account in which nothing was ever made. */
export const createWorld = (): World => ({
  customers: new Map(),
  products: new Map(),
  prices: new Map(),
  subscriptions: new Map(),
  invoices: new Map(),
  sessions: new Map(),
  meters: new Map(),
  meterEvents: [],
  endpoints: new Map(),
  configurations: new Map(),
  events: [],
})

/** `cus_…`, as long as Stripe's. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`
