import { dayMs, isPlanId, type Plan, plans, trialPlan } from '../../domain/plans.ts'
import { isOngoing } from '../../domain/subscription.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { NoxError } from '../../errors.ts'
import type { Storage } from '../../storage/types/storage.ts'
import { administrationEntry } from '../governance/guard.ts'

/** Who is named in the audit where an operator did it. */
const byOperator = 'operator'

/** A plan that was agreed on outside Stripe, or so many days of trial from now on. */
export type Grant = { readonly plan: string } | { readonly trialDays: number }

/**
 * Gives a workspace a plan that nobody pays for at Stripe: one on quote, or a longer trial. A running NOX fits people and
 * integrations to it at its next look, and tells the admins.
 * @throws NoxError `not-found` | `bad-input` | `conflict` where a subscription goes on
 */
export async function grantPlan(storage: Storage, workspaceId: string, grant: Grant, now: number): Promise<Tenant> {
  const tenantId = await storage.installations.tenantOf(workspaceId)
  const tenant = tenantId === null ? null : await storage.tenants.find(tenantId)
  if (!tenant) throw new NoxError('not-found', `${workspaceId} is no workspace that installed NOX`)
  const row = await storage.billing.find(tenant.id)
  if (row && isOngoing(row.subscription)) {
    throw new NoxError('conflict', `${workspaceId} has a subscription at Stripe: cancel it there first`)
  }
  const change =
    'trialDays' in grant
      ? { plan: trialPlan, planUntil: now + grant.trialDays * dayMs }
      : { plan: planNamed(grant.plan, tenant).id, planUntil: null }
  const details = { from: tenant.plan, to: change.plan }
  const about = { command: 'billing.grant', resource: change.plan, result: 'changed', details } as const
  await storage.tenants.update(tenant.id, change, administrationEntry(now, byOperator, about))
  return { ...tenant, ...change }
}

function planNamed(name: string, { kind }: Tenant): Plan {
  const fitting = Object.values(plans).filter((plan) => plan.kind === kind && plan.id !== 'none')
  const plan = isPlanId(name) ? fitting.find(({ id }) => id === name) : undefined
  if (plan) return plan
  throw new NoxError(
    'bad-input',
    `${name} is not for a tenant of this kind (${kind}): ${fitting.map(({ id }) => id).join(', ')}`,
  )
}
