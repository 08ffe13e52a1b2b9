import type { ClusterConnection } from '../capabilities/clusters.ts'
import type { CommandContext, Question, Usage } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Member } from '../domain/member.ts'
import { dayMs } from '../domain/plans.ts'
import type { Tenant } from '../domain/tenant.ts'
import { NoxError } from '../errors.ts'
import { nearest } from '../language/nearest.ts'
import { decide, endOfMonth, hourOfDay, nextHour, rightsInWords, startOfDayKey, whoMay } from '../permissions/index.ts'
import type { UsedUnits } from '../storage/types/quota.ts'
import { adminsOf } from './admins.ts'
import { describeAction } from './frames.ts'
import { incidentsOf } from './incident-context.ts'
import { providerOf } from './provider.ts'
import { quotaPeriods } from './quota.ts'
import { receivedAlertsOf } from './received-alerts.ts'
import { reportsOf } from './report-context.ts'
import { requestsFor, requestsOf } from './requests.ts'
import { schedulesOf } from './schedule-context.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'
import { stopOf } from './why-stopped.ts'

/** What belongs to one run of one action. */
export interface RunScope {
  readonly action: Action
  readonly member: Member
  readonly snapshot: TenantSnapshot
  readonly signal: AbortSignal
  readonly resumed: boolean
  /** What was used of the quotas when the order was taken, where that is known already. */
  readonly used?: UsedUnits | undefined
  progress(answer: Answer): void
  step(name: string): Promise<void>
  readonly decide: CommandContext['decide']
}

/** Everything that a command may touch, bound to the action's tenant: nothing in it takes a tenant's id. */
export function commandContext(services: Services, scope: RunScope): CommandContext {
  const { action, member, snapshot } = scope
  const { tenantId } = action
  const { knowledge, zones } = snapshot
  const { storage } = services
  return {
    tenant: knowledge.tenant,
    member,
    language: action.language,
    action,
    resumed: scope.resumed,
    knowledge,
    clusters: services.clusters,
    connect: (clusterId) => connect(services, snapshot, clusterId),
    provider: (capability, vendor) => providerOf(services, snapshot, capability, vendor),
    nearest,
    signal: scope.signal,
    hasTimedOut: () => stopOf(scope.signal)?.why === 'time-limit',
    now: services.now,
    nextHour: (at, hour, atLeastMs) => nextHour(at, knowledge.tenant.timeZone, hour, atLeastMs),
    hourOfDay: (days, hour) => hourOfDay(services.now(), knowledge.tenant.timeZone, days, hour),
    progress: scope.progress,
    step: scope.step,
    may: (question, other = member) => decide(other, zones, question),
    rights: () => rightsInWords(member, zones),
    async whoMay(question: Question) {
      const { directly, withApproval } = whoMay(await storage.members.list(tenantId), zones, question)
      const names = (members: readonly Member[]) => members.map((each) => each.name)
      return { directly: names(directly), withApproval: names(withApproval) }
    },
    findMember: (slackUserId) => storage.members.findBySlackId(tenantId, slackUserId),
    permalink: (of = action) => services.messenger.permalink(tenantId, of.place),
    nameOf: (slackUserId) => services.people.nameOf(tenantId, slackUserId),
    admins: async () => (await adminsOf(services, tenantId)).map((each) => each.name),
    usage: () => usageOf(services, knowledge.tenant, member, scope.used),
    audit: (filter) => storage.audit.list(tenantId, filter),
    verifyAudit: () => storage.audit.verifyRecent(tenantId),
    // Most orders need none of these.
    get channel() {
      return channelOf(services, scope)
    },
    get people() {
      return services.peopleDesk(tenantId, action.userId)
    },
    get received() {
      return receivedAlertsOf(services, knowledge.tenant)
    },
    get aliases() {
      return aliasesOf(services, scope)
    },
    get schedules() {
      return schedulesOf(services, scope)
    },
    get incidents() {
      return incidentsOf(services, action, snapshot)
    },
    get reports() {
      return reportsOf(services, scope)
    },
    describe: (order) => describeAction(services, knowledge, order),
    lastDone: (command, resource) => storage.ledger.lastDone(tenantId, command, resource),
    decide: scope.decide,
    requests: async (limit) => {
      const [toDecide, mine] = await Promise.all([
        requestsFor(services, tenantId, member, limit),
        requestsOf(services, tenantId, member, limit),
      ])
      return { toDecide, mine }
    },
    allCommands: services.commands,
    say: (command, args) => services.say(command, args, action.language),
  }
}

function channelOf({ storage, knowledge }: Services, { action, snapshot }: RunScope): CommandContext['channel'] {
  const { tenantId, place } = action
  return {
    about: snapshot.channels.get(place.conversationId) ?? null,
    async set(about) {
      await storage.tenants.setChannelDefault(tenantId, place.conversationId, about)
      knowledge.drop(tenantId)
    },
  }
}

function aliasesOf(services: Services, { action, snapshot }: RunScope): CommandContext['aliases'] {
  const { tenantId, userId } = action
  const { storage, knowledge } = services
  return {
    problemWith: (name, text) => services.aliasProblem(name, text, snapshot.knowledge),
    async save(name, text) {
      await storage.aliases.save({ tenantId, name, text, createdBy: userId, createdAt: services.now() })
      knowledge.drop(tenantId)
    },
    async remove(name) {
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

async function connect(
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
