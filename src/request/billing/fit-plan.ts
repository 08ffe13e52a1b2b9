import type { Services } from '../../actions/services.ts'
import type { Cluster } from '../../domain/catalogue.ts'
import type { Integration } from '../../domain/integration.ts'
import type { Member } from '../../domain/member.ts'
import { type IntegrationName, keptIntegrations, type Plan, takesPlace } from '../../domain/plans.ts'

/** What stays in use, and what is there but paused. */
export interface InUse {
  readonly members: readonly Member[]
  readonly integrations: readonly IntegrationName[]
}

/** All that a plan limits, the most wanted first: admins, those in use, then the most recently used. */
export async function wantedOf(services: Services, tenantId: string): Promise<InUse> {
  const { storage } = services
  const [members, lastActive, vendors, clusters] = await Promise.all([
    storage.members.list(tenantId),
    storage.billing.lastActive(tenantId),
    storage.integrations.list(tenantId),
    storage.catalogue.clusters(tenantId),
  ])
  const rank = (member: Member) => (member.role === 'admin' ? 0 : 1) * 2 + (member.pausedAt === undefined ? 0 : 1)
  const used = (member: Member) => lastActive.get(member.id) ?? 0
  const named = [
    ...vendors.map(({ vendor, pausedAt, checkedAt }) => ({ name: vendor as IntegrationName, pausedAt, checkedAt })),
    ...clusterEntry(clusters),
  ]
  const paused = ({ pausedAt }: { pausedAt?: number | undefined }) => (pausedAt === undefined ? 0 : 1)
  return {
    members: [...members].sort((a, b) => rank(a) - rank(b) || used(b) - used(a)),
    integrations: named.sort((a, b) => paused(a) - paused(b) || b.checkedAt - a.checkedAt).map(({ name }) => name),
  }
}

function clusterEntry(clusters: readonly Cluster[]) {
  const [first] = clusters
  if (!first) return []
  const isInUse = clusters.some(({ pausedAt }) => pausedAt === undefined)
  const checkedAt = Math.max(...clusters.map((each) => each.checkedAt ?? 0))
  return [{ name: 'kubernetes' as IntegrationName, pausedAt: isInUse ? undefined : (first.pausedAt ?? 0), checkedAt }]
}

/** What a plan keeps of what is wanted. */
export function fitting(plan: Plan, wanted: InUse): InUse {
  const counts = (member: Member) => plan.guestsCount || member.role !== 'guest'
  const counted = wanted.members.filter(counts)
  const kept = plan.people === null ? counted : counted.slice(0, plan.people)
  return {
    members: [...kept, ...wanted.members.filter((member) => !counts(member))],
    integrations: keptIntegrations(plan, wanted.integrations),
  }
}

/** Pauses what is not in use any more, and takes up again what is; nothing is deleted. Gives what is paused now. */
export async function putInUse(services: Services, tenantId: string, inUse: InUse): Promise<{ paused: number }> {
  const { storage } = services
  const at = services.now()
  const [members, vendors, clusters] = await Promise.all([
    storage.members.list(tenantId),
    storage.integrations.list(tenantId),
    storage.catalogue.clusters(tenantId),
  ])
  const keeps = new Set(inUse.members.map(({ id }) => id))
  let paused = 0
  /** `null` = it is as it should be. */
  const changed = <T extends Member | Integration | Cluster>(each: T, keep: boolean): T | null => {
    if (!keep) paused += 1
    if (keep === (each.pausedAt === undefined)) return null
    const { pausedAt: _, ...rest } = each
    return (keep ? rest : { ...rest, pausedAt: at }) as T
  }
  for (const member of members) {
    const next = changed(member, keeps.has(member.id))
    if (next) await storage.members.update(next)
  }
  for (const integration of vendors) {
    const next = changed(integration, inUse.integrations.includes(integration.vendor))
    if (next) await storage.integrations.save(next)
  }
  for (const cluster of clusters) {
    const next = changed(cluster, inUse.integrations.includes('kubernetes'))
    if (next) await storage.catalogue.saveCluster(next)
  }
  services.knowledge.drop(tenantId)
  return { paused }
}

/** Fits people and integrations to a plan: who and what was used last stays. */
export async function fitPlan(services: Services, tenantId: string, plan: Plan): Promise<{ paused: number }> {
  return putInUse(services, tenantId, fitting(plan, await wantedOf(services, tenantId)))
}

/** Is more in use than a plan has places for? */
export const exceeds = (plan: Plan, members: readonly Member[], connected: readonly IntegrationName[]): boolean =>
  (plan.people !== null && members.filter((member) => takesPlace(plan, member)).length > plan.people) ||
  keptIntegrations(plan, connected).length < connected.filter((each) => each !== 'slack').length
