import type { Payments } from '../../capabilities/payments.ts'
import { isPlanId, plans, trialPlan } from '../../domain/plans.ts'
import { entitlementOf, isOngoing, pastDueSince, type Subscription } from '../../domain/subscription.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { NoxError } from '../../errors.ts'
import type { Storage } from '../../storage/types/storage.ts'
import { administrationEntry } from '../governance/guard.ts'

/** What a look at the provider came to. */
export interface Synced {
  readonly kind: 'saved' | 'duplicate' | 'no-customer'
  readonly before: Subscription | null
  readonly now: Subscription | null
}

/** Looks that were overtaken by another are repeated this often. */
const mostTries = 10

/**
 * Takes over what a tenant pays for from the provider, as it stands there at this moment: so it does not matter in
 * which order events come, how late, or how often. The event and the change are one unit; who was overtaken looks anew.
 */
export async function syncSubscription(
  storage: Storage,
  payments: Payments,
  tenantId: string,
  now: () => number,
  event?: { readonly id: string; readonly type: string; readonly createdAt: number },
): Promise<Synced> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const row = await storage.billing.find(tenantId)
    const tenant = await storage.tenants.find(tenantId)
    if (!row || !tenant) return { kind: 'no-customer', before: null, now: null }
    const before = row.subscription
    if (event && (await storage.billing.hasEvent(tenantId, event.id))) return { kind: 'duplicate', before, now: before }
    const seen = await payments.subscription(row.customerId)
    const subscription = seen && { ...seen, pastDueSince: pastDueSince(before, seen) }
    const change = changeOf(tenant, before, subscription)
    const isSame = JSON.stringify(before) === JSON.stringify(subscription) && !change
    if (isSame && !event) return { kind: 'saved', before, now: subscription }
    const details = { state: subscription?.state ?? '', plan: subscription?.plan ?? '', event: event?.type ?? '' }
    const about = {
      command: 'billing.subscription',
      resource: subscription?.plan ?? null,
      result: 'changed',
      details,
    } as const
    const written = await storage.billing.save(
      tenantId,
      { ...row, subscription },
      {
        ...(event ? { event: { id: event.id, type: event.type, createdAt: event.createdAt } } : {}),
        ...(change ? { tenant: change } : {}),
        ...(isSame ? {} : { audit: administrationEntry(now(), 'stripe', about) }),
      },
    )
    if (written === 'saved') return { kind: 'saved', before, now: subscription }
    if (written === 'duplicate') return { kind: 'duplicate', before, now: before }
  }
  throw new NoxError('conflict', `the subscription of ${tenantId} keeps changing`)
}

/** What the tenant has from now on; `null` = as before. Who does not pay keeps a trial, or a plan that was agreed on. */
function changeOf(tenant: Tenant, before: Subscription | null, now: Subscription | null) {
  if (!isOngoing(now) && !isOngoing(before)) {
    // The end of this one was taken over already, or nobody here knew that it had begun.
    const isKnown = now?.state !== 'canceled' || before?.id === now.id
    const isAgreed = isPlanId(tenant.plan) && plans[tenant.plan].price === null
    if (isKnown || isAgreed || tenant.plan === trialPlan) return null
  }
  const { plan, planUntil } = entitlementOf(tenant.kind, now)
  return plan === tenant.plan && planUntil === (tenant.planUntil ?? null) ? null : { plan, planUntil }
}
