import type { ClusterConnection } from '../capabilities/clusters.ts'
import type { CommandContext, Usage } from '../commands/command.ts'
import type { Member } from '../domain/member.ts'
import { dayMs } from '../domain/plans.ts'
import type { Tenant } from '../domain/tenant.ts'
import { NoxError } from '../errors.ts'
import { aliasCalled } from '../language/alias-called.ts'
import { endOfMonth, startOfDayKey } from '../permissions/index.ts'
import type { UsedUnits } from '../storage/types/quota.ts'
import { quotaPeriods } from './quota.ts'
import type { RunScope } from './run-scope.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** What the conversation of an order stands for. */
export function channelOf({ storage, knowledge }: Services, { action, snapshot }: RunScope): CommandContext['channel'] {
  const { tenantId, place } = action
  return {
    about: snapshot.channels.get(place.conversationId) ?? null,
    async set(about) {
      await storage.tenants.setChannelDefault(tenantId, place.conversationId, about)
      knowledge.drop(tenantId)
    },
  }
}

/** The tenant's own words for orders. */
export function aliasesOf(services: Services, { action, snapshot }: RunScope): CommandContext['aliases'] {
  const { tenantId, userId } = action
  const { storage, knowledge } = services
  return {
    problemWith: (name, text) => services.aliasProblem(name, text, snapshot.knowledge),
    async save(word, text) {
      // A word that is said like another is that one: the two would stand for each other.
      const name = aliasCalled(snapshot.knowledge.aliases, word)?.name ?? word
      await storage.aliases.save({ tenantId, name, text, createdBy: userId, createdAt: services.now() })
      knowledge.drop(tenantId)
    },
    async remove(word) {
      const name = aliasCalled(snapshot.knowledge.aliases, word)?.name ?? word
      const removed = await storage.aliases.remove(tenantId, name)
      knowledge.drop(tenantId)
      return removed
    },
    async setLocked(isLocked) {
      await storage.tenants.update(tenantId, { aliasesLocked: isLocked })
      knowledge.drop(tenantId)
    },
  }
}

/** Opens a cluster's credentials. @throws NoxError `not-found` */
export async function connect(
  services: Services,
  { knowledge }: TenantSnapshot,
  clusterId: string,
): Promise<ClusterConnection> {
  const cluster = knowledge.clusters.find((each) => each.id === clusterId)
  const access = cluster && (await services.storage.catalogue.clusterAccess(cluster.tenantId, clusterId))
  if (!cluster || !access) throw new NoxError('not-found', `cluster ${clusterId} is not connected any more`)
  return { cluster, access }
}

/** Used and granted units, and what the month will come to at this pace. @param known what was read of them already */
export async function usageOf(services: Services, tenant: Tenant, member: Member, known?: UsedUnits): Promise<Usage> {
  const now = services.now()
  const { day, month } = quotaPeriods(now, tenant)
  const used = known ?? (await services.storage.tenants.quotaUsed(tenant.id, member.id, day, month))
  const from = startOfDayKey(`${month}-01`, tenant.timeZone)
  const whole = endOfMonth(now, tenant.timeZone) - from
  // Of less than a day nothing is foretold.
  const past = Math.max(dayMs, now - from)
  return {
    day: { used: used.day, limit: member.maxActionsPerDay },
    month: {
      used: used.month,
      limit: services.planOf(tenant).actionsPerMonth,
      forecast: Math.round((used.month / past) * whole),
    },
  }
}
