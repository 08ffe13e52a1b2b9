import type { Services } from '../../actions/services.ts'
import { dayMs, isTrying } from '../../domain/plans.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { endOfMonth, monthKey } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { warningAt } from './places.ts'
import { settlePlan } from './settle-plan.ts'
import { tellBilling } from './tell-billing.ts'
import { clustersPauseOn } from './trial-end.ts'

/** Trials and graces are told this long before they end (ms). */
const ahead = 3 * dayMs

/** One look at all tenants: plans that ended, units that are nearly used, trials that end soon. */
export async function lookAtPlans(services: Services, signal?: AbortSignal): Promise<void> {
  const { storage, log } = services
  const now = services.now()
  const tenants = await storage.tenants.list()
  const months = new Map(tenants.map((tenant) => [tenant.id, monthKey(now, tenant.timeZone)]))
  const used = new Map(
    (await storage.billing.monthsUsed([...new Set(months.values())])).map((row) => [
      `${row.tenantId} ${row.period}`,
      row.used,
    ]),
  )
  for (const tenant of tenants) {
    if (signal?.aborted) return
    try {
      if (services.planOf(tenant).id !== tenant.settledPlan) await settlePlan(services, tenant.id)
      const month = months.get(tenant.id) ?? ''
      await warnOfActions(services, tenant, month, used.get(`${tenant.id} ${month}`) ?? 0)
      if (services.billing) await tellEnd(services, tenant, now)
    } catch (error) {
      log.error({ err: error, tenant: tenant.id }, 'the plan of a tenant could not be looked at; tried again soon')
    }
  }
}

async function warnOfActions(services: Services, tenant: Tenant, month: string, used: number): Promise<void> {
  const limit = services.planOf(tenant).actionsPerMonth
  const share = warningAt(used, limit)
  if (share === null || limit === null) return
  const now = services.now()
  const resumes = { kind: 'time', at: endOfMonth(now, tenant.timeZone), as: 'date' } as const
  const facts = { tenant: tenant.name, used, limit, date: resumes }
  const line = phrase(`billing.warn.actions.${share}.line`, facts)
  const title = phrase(`billing.warn.actions.${share}`, facts)
  await tellBilling(services, tenant.id, `actions.${share} ${limit} ${month}`, title, [line])
}

async function tellEnd(services: Services, tenant: Tenant, now: number): Promise<void> {
  const { planUntil = null } = tenant
  if (planUntil === null || planUntil <= now || planUntil - now > ahead) return
  const what = isTrying(tenant, now) ? 'trial' : 'grace'
  const facts = { plan: services.planOf(tenant).name, date: { kind: 'time', at: planUntil, as: 'date' } as const }
  const title = phrase(`billing.${what}.soon`, facts)
  const next = clustersPauseOn(tenant)
  const hasClusters = what === 'trial' && (await services.storage.catalogue.clusters(tenant.id)).length > 0
  const lines = [
    phrase(`billing.${what}.soon.next`, facts),
    ...(hasClusters && next !== null ? [phrase('billing.trial.clusters', { plan: next })] : []),
  ]
  await tellBilling(services, tenant.id, `${what} ${planUntil}`, title, lines)
}
