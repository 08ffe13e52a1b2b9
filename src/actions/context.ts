import type { CommandContext, Question } from '../commands/command.ts'
import type { Action, ActionState } from '../domain/action.ts'
import type { RecordFilter } from '../domain/audit-record.ts'
import type { Arguments, ParsedOrder } from '../domain/command-spec.ts'
import type { Capability, Vendor } from '../domain/integration.ts'
import type { Member } from '../domain/member.ts'
import { nearest } from '../language/nearest.ts'
import { decide, hourOfDay, nextHour, rightsInWords, whoMay } from '../permissions/index.ts'
import type { Ledger } from '../storage/types/ledger.ts'
import { adminsOf } from './admins.ts'
import { aliasesOf, channelOf, connect, usageOf } from './context-parts.ts'
import { describeAction } from './frames.ts'
import { incidentsOf } from './incident-context.ts'
import { providerOf } from './provider.ts'
import { receivedAlertsOf } from './received-alerts.ts'
import { reportsOf } from './report-context.ts'
import { requestsFor, requestsOf } from './requests.ts'
import type { RunScope } from './run-scope.ts'
import { schedulesOf } from './schedule-context.ts'
import type { Services } from './services.ts'
import { stopOf } from './why-stopped.ts'

/** Everything that a command may touch, bound to the action's tenant: nothing in it takes a tenant's id. */
export const commandContext = (services: Services, scope: RunScope): CommandContext => new RunContext(services, scope)

/** The same context for another try: what changes stands before what it had. */
export const contextWith = (
  context: CommandContext,
  change: Partial<Pick<CommandContext, 'resumed' | 'signal'>>,
): CommandContext => Object.assign(Object.create(context) as CommandContext, change)

/**
 * One is made for every order, and most use little of it: what it offers is made when it is asked for, bound to it, so
 * that commands may take it apart.
 */
class RunContext implements CommandContext {
  readonly tenant
  readonly member
  readonly language
  readonly action
  readonly resumed
  readonly knowledge
  readonly clusters
  readonly signal
  readonly now
  readonly allCommands
  readonly nearest = nearest
  private readonly services: Services
  private readonly scope: RunScope

  constructor(services: Services, scope: RunScope) {
    const { action, member, snapshot } = scope
    this.tenant = snapshot.knowledge.tenant
    this.member = member
    this.language = action.language
    this.action = action
    this.resumed = scope.resumed
    this.knowledge = snapshot.knowledge
    this.clusters = services.clusters
    this.signal = scope.signal
    this.now = services.now
    this.allCommands = services.commands
    this.services = services
    this.scope = scope
  }

  get connect() {
    return (clusterId: string) => connect(this.services, this.scope.snapshot, clusterId)
  }
  get provider() {
    return <C extends Capability>(capability: C, vendor?: Vendor) =>
      providerOf(this.services, this.scope.snapshot, capability, vendor)
  }
  get hasTimedOut() {
    return () => stopOf(this.signal)?.why === 'time-limit'
  }
  get nextHour() {
    return (at: number, hour: number, atLeastMs: number) => nextHour(at, this.tenant.timeZone, hour, atLeastMs)
  }
  get hourOfDay() {
    return (days: number, hour: number) => hourOfDay(this.now(), this.tenant.timeZone, days, hour)
  }
  get progress() {
    return this.scope.progress
  }
  get step() {
    return this.scope.step
  }
  get decide() {
    return this.scope.decide
  }
  get may() {
    return (question: Question, other: Member = this.member) => decide(other, this.scope.snapshot.zones, question)
  }
  get rights() {
    return () => rightsInWords(this.member, this.scope.snapshot.zones)
  }
  get whoMay() {
    return async (question: Question) => {
      const members = await this.services.storage.members.list(this.tenant.id)
      const { directly, withApproval } = whoMay(members, this.scope.snapshot.zones, question)
      const names = (some: readonly Member[]) => some.map((each) => each.name)
      return { directly: names(directly), withApproval: names(withApproval) }
    }
  }
  get findMember() {
    return (slackUserId: string) => this.services.storage.members.findBySlackId(this.tenant.id, slackUserId)
  }
  get permalink() {
    return (of: Action = this.action) => this.services.messenger.permalink(this.tenant.id, of.place)
  }
  get nameOf() {
    return (slackUserId: string) => this.services.people.nameOf(this.tenant.id, slackUserId)
  }
  get admins() {
    return async () => (await adminsOf(this.services, this.tenant.id)).map((each) => each.name)
  }
  get usage() {
    return () => usageOf(this.services, this.tenant, this.member, this.scope.used)
  }
  get audit() {
    return (filter: RecordFilter) => this.services.storage.audit.list(this.tenant.id, filter)
  }
  get verifyAudit() {
    return () => this.services.storage.audit.verifyRecent(this.tenant.id)
  }
  get channel() {
    return channelOf(this.services, this.scope)
  }
  get people() {
    return this.services.peopleDesk(this.tenant.id, this.action.userId)
  }
  get received() {
    return receivedAlertsOf(this.services, this.tenant)
  }
  get aliases() {
    return aliasesOf(this.services, this.scope)
  }
  get schedules() {
    return schedulesOf(this.services, this.scope)
  }
  get incidents() {
    return incidentsOf(this.services, this.action, this.scope.snapshot)
  }
  get reports() {
    return reportsOf(this.services, this.scope)
  }
  get describe() {
    return (order: ParsedOrder) => describeAction(this.services, this.knowledge, order)
  }
  get lastDone() {
    return (command: string, resource: string) =>
      this.services.storage.ledger.lastDone(this.tenant.id, command, resource)
  }
  get order() {
    return (id: string) => this.services.storage.ledger.find(this.tenant.id, id)
  }
  get ordersSince() {
    return () => ordersSince(this.services.storage.ledger, this.action)
  }
  get requests() {
    return async (limit: number) => {
      const [toDecide, mine] = await Promise.all([
        requestsFor(this.services, this.tenant.id, this.member, limit),
        requestsOf(this.services, this.tenant.id, this.member, limit),
      ])
      return { toDecide, mine }
    }
  }
  get say() {
    return (command: string, args: Arguments) => this.services.say(command, args, this.language)
  }
}

const begun: readonly ActionState[] = ['running', 'done', 'failed', 'unknown']
const begunAt = ({ startedAt, createdAt }: Action) => startedAt ?? createdAt

async function ordersSince(ledger: Ledger, own: Action): Promise<readonly Action[]> {
  const orders = await ledger.list(own.tenantId, { states: begun, limit: 100 })
  return orders.filter((each) => {
    const later = begunAt(each) - begunAt(own)
    return later > 0 || (later === 0 && each.number > own.number)
  })
}
