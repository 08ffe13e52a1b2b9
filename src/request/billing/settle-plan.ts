import type { Services } from '../../actions/services.ts'
import { isPlanId, plans, trialPlan } from '../../domain/plans.ts'
import { compare } from '../../domain/subscription.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { administrationEntry } from '../governance/guard.ts'
import { fitPlan } from './fit-plan.ts'
import { tellBilling } from './tell-billing.ts'

/** Who is named in the audit where nobody's hand did it. */
export const byNox = 'nox'

/**
 * Takes up the plan that holds now, where it is another than before: people and integrations are fitted to it, the
 * audit says so, and admins are told. It may run again at any time, in any process.
 */
export async function settlePlan(services: Services, tenantId: string): Promise<void> {
  const { storage } = services
  const tenant = await storage.tenants.find(tenantId)
  if (!tenant) return
  const plan = services.planOf(tenant)
  const before = tenant.settledPlan ?? null
  if (before === plan.id) return
  const details = { from: before ?? '', to: plan.id }
  const about = { command: 'plan.change', resource: plan.name, result: 'changed', details } as const
  const { paused } = await fitPlan(services, tenantId, plan)
  const isMine = await storage.billing.settle(
    tenantId,
    before,
    plan.id,
    before === null ? undefined : administrationEntry(services.now(), byNox, about),
  )
  services.knowledge.drop(tenantId)
  if (!isMine || (before === null && paused === 0)) return
  const lines = [
    phrase('billing.changed.includes', { plan: plan.name }),
    ...(paused > 0 ? [phrase('billing.changed.paused', { n: paused })] : []),
  ]
  await tellBilling(
    services,
    tenantId,
    `plan ${plan.id} ${services.now()}`,
    titleOf(tenant, before, plan.name, services.now()),
    lines,
  )
}

function titleOf(tenant: Tenant, before: string | null, plan: string, at: number): Phrase {
  const ended = tenant.planUntil != null && tenant.planUntil <= at
  if (ended && tenant.plan === trialPlan) return phrase('billing.trial.ended', { plan })
  if (ended) return phrase('billing.grace.ended', { plan })
  const known = before !== null && isPlanId(before) ? plans[before] : null
  const now = Object.values(plans).find((each) => each.name === plan)
  return known && now && compare(now, known) < 0
    ? phrase('billing.changed.less', { plan })
    : phrase('billing.changed.more', { plan })
}
