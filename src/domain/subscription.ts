import { dayMs, freePlan, graceDays, type Plan, type PlanId } from './plans.ts'
import type { TenantKind } from './tenant.ts'

/** Stripe's states of a subscription. */
export const subscriptionStates = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'canceled',
  'paused',
] as const
export type SubscriptionState = (typeof subscriptionStates)[number]

/** What a tenant pays for, as Stripe told it last. Moments are ms since 1970. */
export interface Subscription {
  readonly id: string
  readonly state: SubscriptionState
  readonly plan: PlanId
  readonly createdAt: number
  /** When the next invoice is due, or the paid time ends. */
  readonly periodEnd: number
  readonly trialEnd: number | null
  /** When it ends, where someone cancelled it. */
  readonly cancelAt: number | null
  /** When its newest invoice was made. */
  readonly invoicedAt: number | null
  /** Since when an invoice is unpaid; `null` = none is. */
  readonly pastDueSince: number | null
}

/** What a tenant has by what it pays for: the plan, and when that ends by itself (`null` = it goes on). */
export interface Entitlement {
  readonly plan: PlanId
  readonly planUntil: number | null
}

/** What a subscription gives. An unpaid invoice closes nothing for 14 days. */
export function entitlementOf(kind: TenantKind, subscription: Subscription | null): Entitlement {
  const free: Entitlement = { plan: freePlan(kind).id, planUntil: null }
  if (!subscription) return free
  const { state, plan, pastDueSince } = subscription
  if (state === 'active' || state === 'trialing') return { plan, planUntil: null }
  if (state === 'past_due') return { plan, planUntil: (pastDueSince ?? 0) + graceDays * dayMs }
  return free
}

/** Since when an invoice is unpaid: kept as long as it stays so. */
export function pastDueSince(before: Subscription | null, now: Omit<Subscription, 'pastDueSince'>): number | null {
  if (now.state !== 'past_due') return null
  const same = before?.id === now.id && before.state === 'past_due' ? before.pastDueSince : null
  return same ?? now.invoicedAt ?? now.periodEnd
}

/** Is this subscription one that is still going on, paid or not? */
export const isOngoing = (subscription: Subscription | null): boolean =>
  subscription !== null && !['canceled', 'incomplete', 'incomplete_expired'].includes(subscription.state)

/** More or less than before, by price; on quote is the most. */
export const compare = (a: Plan, b: Plan): number =>
  (a.price?.minor ?? Number.MAX_SAFE_INTEGER) - (b.price?.minor ?? Number.MAX_SAFE_INTEGER)
