import type { Services } from '../../actions/services.ts'
import { type IntegrationName, type Plan, takesPlace } from '../../domain/plans.ts'
import type { Tenant } from '../../domain/tenant.ts'
import type { Places } from '../../storage/types/members.ts'
import { phrase } from '../../texts/phrase.ts'
import { tellBilling } from './tell-billing.ts'

/** The places that a tenant's plan has for people. */
export function placesOf(services: Services, tenant: Tenant): Places {
  const plan = services.planOf(tenant)
  return { most: plan.people, takes: (member) => takesPlace(plan, member), now: services.now() }
}

/** What a tenant has connected and in use; all clusters are one, and Slack is always there. */
export async function connectedOf(services: Services, tenantId: string): Promise<readonly IntegrationName[]> {
  const [integrations, clusters] = await Promise.all([
    services.storage.integrations.list(tenantId),
    services.storage.catalogue.clusters(tenantId),
  ])
  const vendors = integrations.filter(({ pausedAt }) => pausedAt === undefined).map(({ vendor }) => vendor)
  const hasCluster = clusters.some(({ pausedAt }) => pausedAt === undefined)
  return ['slack', ...vendors, ...(hasCluster ? (['kubernetes'] as const) : [])]
}

/** A limit of few is reached by one: of fewer than this nobody is warned. */
const worthWarning = 5

/** The shares of a limit at which admins are told: at most one, the highest that is reached. */
export function warningAt(used: number, most: number | null): 80 | 100 | null {
  if (most === null || most < 1 || used * 10 < most * 8) return null
  return used >= most ? 100 : 80
}

/** Warns of the plan's places for people and integrations, once for each limit. */
export async function warnOfPlaces(services: Services, tenant: Tenant): Promise<void> {
  const plan = services.planOf(tenant)
  const [members, connected] = await Promise.all([
    services.storage.members.list(tenant.id),
    connectedOf(services, tenant.id),
  ])
  const counts = [
    ['people', members.filter((member) => takesPlace(plan, member)).length, plan.people],
    ['integrations', connected.length, plan.integrations.among === null ? plan.integrations.most : null],
  ] as const
  for (const [what, used, most] of counts) await warn(services, tenant.id, plan, what, used, most)
}

async function warn(
  services: Services,
  tenantId: string,
  plan: Plan,
  what: 'people' | 'integrations',
  used: number,
  most: number | null,
): Promise<void> {
  const share = warningAt(used, most)
  if (share === null || most === null || most < worthWarning) return
  const facts = { plan: plan.name, used, most }
  const title = phrase(`billing.warn.${what}.${share}`, facts)
  await tellBilling(services, tenantId, `${what}.${share} ${plan.id}`, title, [phrase('billing.warn.next')])
}
