import type { ClusterConnection } from '../capabilities/clusters.ts'
import type { CommandContext, Question, Usage } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Member } from '../domain/member.ts'
import type { Tenant } from '../domain/tenant.ts'
import { NoxError } from '../errors.ts'
import { dayKey, decide, monthKey, rightsInWords, whoMay } from '../permissions/index.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** What belongs to one run of one action. */
export interface RunScope {
  readonly action: Action
  readonly member: Member
  readonly snapshot: TenantSnapshot
  readonly signal: AbortSignal
  readonly resumed: boolean
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
    signal: scope.signal,
    now: services.now,
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
    nameOf: (slackUserId) => services.people.nameOf(tenantId, slackUserId),
    usage: () => usageOf(services, knowledge.tenant, member),
    audit: (filter) => storage.audit.list(tenantId, filter),
    verifyAudit: () => storage.audit.verify(tenantId),
    lastDone: (command, resource) => storage.ledger.lastDone(tenantId, command, resource),
    decide: scope.decide,
    allCommands: services.commands,
    say: (command, args) => services.say(command, args, action.language),
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

/** Used and granted units, and what the month will come to at this pace. */
export async function usageOf(services: Services, tenant: Tenant, member: Member): Promise<Usage> {
  const now = services.now()
  const month = monthKey(now, tenant.timeZone)
  const used = await services.storage.tenants.quotaUsed(tenant.id, member.id, dayKey(now, tenant.timeZone), month)
  const [year = 0, monthNumber = 1] = month.split('-').map(Number)
  const daysInMonth = new Date(Date.UTC(year, monthNumber, 0)).getUTCDate()
  const today = Number(dayKey(now, tenant.timeZone).slice(8))
  return {
    day: { used: used.day, limit: member.maxActionsPerDay },
    month: {
      used: used.month,
      limit: services.monthLimit(tenant.plan),
      forecast: Math.round((used.month / today) * daysInMonth),
    },
  }
}
