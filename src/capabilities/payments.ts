import type { Language } from '../domain/command-spec.ts'
import type { Money, PlanId } from '../domain/plans.ts'
import type { Subscription } from '../domain/subscription.ts'

/** A subscription as the provider shows it; since when it is unpaid, NOX keeps itself. */
export type SeenSubscription = Omit<Subscription, 'pastDueSince'>

export interface Invoice {
  readonly number: string
  readonly at: number
  readonly total: Money
  readonly state: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'
  /** Where it can be read and paid; `null` = nowhere yet. */
  readonly url: string | null
}

export interface NextInvoice {
  readonly at: number
  readonly total: Money
}

/** What someone is sent to the provider for. */
export type PortalVisit =
  | { readonly kind: 'overview' }
  | { readonly kind: 'card' }
  | { readonly kind: 'change'; readonly subscriptionId: string; readonly plan: PlanId }
  | { readonly kind: 'cancel'; readonly subscriptionId: string }

/** Something that happened at the provider. It says what to look at anew; what holds is asked for. */
export interface PaymentEvent {
  readonly id: string
  readonly type: string
  readonly createdAt: number
  readonly customerId: string | null
  /** The tenant that NOX wrote beside it; `null` = none. */
  readonly tenantId: string | null
}

/** Who takes the money. NOX sees no card: people pay on the provider's pages. Every call may throw NoxError. */
export interface Payments {
  /** The same customer each time for one tenant. */
  createCustomer(about: {
    readonly tenantId: string
    readonly name: string
    readonly language: Language
  }): Promise<string>
  /** A page where a plan is bought, good for a day. */
  checkoutLink(about: {
    readonly customerId: string
    readonly tenantId: string
    readonly plan: PlanId
    readonly language: Language
    readonly returnUrl: string
  }): Promise<string>
  /** A page where cards, addresses and subscriptions are changed, good for minutes. */
  portalLink(about: {
    readonly customerId: string
    readonly language: Language
    readonly returnUrl: string
    readonly visit: PortalVisit
  }): Promise<string>
  /** What a customer pays for now; `null` = nothing ever. */
  subscription(customerId: string): Promise<SeenSubscription | null>
  /** The newest first. */
  invoices(customerId: string, limit: number): Promise<readonly Invoice[]>
  /** `null` = none will come. */
  nextInvoice(customerId: string, subscriptionId: string): Promise<NextInvoice | null>
  /** Adds units to the meter; told twice with one identifier, they count once. */
  reportUsage(usage: {
    readonly customerId: string
    readonly units: number
    readonly identifier: string
    readonly at: number
  }): Promise<void>
  /** Units that the meter counted between two moments. */
  meteredUsage(customerId: string, from: number, to: number): Promise<number>
  /** `null` = not signed by the provider, or too old. */
  readEvent(body: string, signature: string | undefined): Promise<PaymentEvent | null>
  /** What happened since a moment, oldest first; the provider keeps 30 days. */
  events(since: number): AsyncIterable<PaymentEvent>
}
