import { freePlan, keptIntegrations } from '../../domain/plans.ts'
import type { Tenant } from '../../domain/tenant.ts'

/** The name of the plan after a trial, where clusters are no part of it; `null` = they stay. */
export function clustersPauseOn({ kind }: Pick<Tenant, 'kind'>): string | null {
  const plan = freePlan(kind)
  return keptIntegrations(plan, ['kubernetes']).length > 0 ? null : plan.name
}
