import type Stripe from 'stripe'
import { isPlanId, type PlanId } from '../../domain/plans.ts'

/** By this key Stripe finds the monthly price of a plan, in test mode and in live mode. */
export const lookupKey = (plan: PlanId): string => `nox_${plan}_monthly`

/** A plan's product; its id is chosen here, and never changes. */
export const productId = (plan: PlanId): string => `nox_${plan}`

/**
 * The plan that a price is of; `null` = none of NOX's. The lookup key goes over to a new price where prices change, so
 * the product tells what an older one is of.
 */
export function planOfPrice({ lookup_key: key, product }: Pick<Stripe.Price, 'lookup_key' | 'product'>): PlanId | null {
  const id = typeof product === 'string' ? product : product.id
  const plan = /^nox_(.+)_monthly$/.exec(key ?? '')?.[1] ?? /^nox_(.+)$/.exec(id)?.[1] ?? ''
  return isPlanId(plan) ? plan : null
}

/** The meter that counts actions. */
export const meterName = 'nox_actions'

/** Events after which a subscription is looked at anew. */
export const followedEvents = [
  'checkout.session.completed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.trial_will_end',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
] as const
