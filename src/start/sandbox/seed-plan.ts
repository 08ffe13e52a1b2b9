import { plantSubscription, type StripeDouble } from '../../sandbox/stripe/index.ts'
import { seededWorkspaces } from '../../sandbox/workspaces.ts'
import type { Nox } from '../create-nox.ts'

/** The plan that a simulated workspace pays for from the start, at Stripe and at NOX alike. */
export async function seedPlan(nox: Nox, stripe: StripeDouble, teamId: string): Promise<void> {
  const workspace = seededWorkspaces.find(({ id }) => id === teamId)
  const tenantId = await nox.storage.installations.tenantOf(teamId)
  if (!workspace || tenantId === null) return
  const plan = workspace.kind === 'company' ? 'professional' : 'pro'
  const about = { name: workspace.name, tenantId, lookupKey: `nox_${plan}_monthly` }
  stripe.deliverer.pause()
  const { customerId, subscription } = plantSubscription(stripe, about)
  stripe.deliverer.goOn()
  const kept = { ...subscription, plan, state: 'active', trialEnd: null, cancelAt: null, pastDueSince: null } as const
  const tenant = { plan, planUntil: null }
  await nox.storage.billing.save(tenantId, { customerId, subscription: kept, version: 0 }, { tenant })
  await nox.storage.tenants.update(tenantId, { settledPlan: plan })
  nox.services.knowledge.drop(tenantId)
}
