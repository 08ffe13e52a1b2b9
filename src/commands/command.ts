import type { ClusterConnection, Clusters, Found } from '../capabilities/clusters.ts'
import type { Ports } from '../capabilities/connectors.ts'
import type { ReceivedAlerts } from '../capabilities/received-alerts.ts'
import type { Action } from '../domain/action.ts'
import type { Alias } from '../domain/alias.ts'
import type { Answer } from '../domain/answer.ts'
import type { AuditRecord, RecordFilter } from '../domain/audit-record.ts'
import type { BackupTarget, Cluster, Service } from '../domain/catalogue.ts'
import type { ChannelDefault } from '../domain/channel-default.ts'
import type { ActionType, Arguments, CommandWords, Language, ParsedOrder } from '../domain/command-spec.ts'
import type { Capability, Integration, Vendor } from '../domain/integration.ts'
import type { Member, Need } from '../domain/member.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Phrase } from '../texts/phrase.ts'
import type { IncidentDesk } from './context/incidents.ts'
import type { PeopleDesk } from './context/people.ts'
import type { ReportDesk } from './context/reports.ts'
import type { ScheduleDesk } from './context/schedules.ts'

/** What the tenant has, as commands see it: one tenant's and no other. */
export interface Knowledge {
  readonly tenant: Tenant
  readonly services: readonly Service[]
  readonly clusters: readonly Cluster[]
  readonly backupTargets: readonly BackupTarget[]
  readonly integrations: readonly Integration[]
  /** The tenant's own words for orders. */
  readonly aliases: readonly Alias[]
  /** What is connected but not in the plan: nothing is asked of it. */
  readonly paused?: readonly string[]
}

/** What an order is about: permission is asked for these, and the audit names them. */
export interface Subject {
  readonly environment: string | null
  /** The first is the one that people name. */
  readonly resources: readonly string[]
}

/** May a member do this? In words, with who may. */
export interface Verdict {
  readonly verdict: 'yes' | 'confirm' | 'ask' | 'no'
  readonly group: string | null
  readonly reason: Phrase | null
  /** A refusal that someone else's approval can lift. */
  readonly canAsk: boolean
}

export interface Question {
  readonly command: string
  readonly action: ActionType | null
  readonly effect: 'read' | 'write'
  readonly environment: string | null
  readonly resources: readonly string[]
  readonly needs?: Need
}

/** Used and granted units of the two quotas; `limit` null = unlimited. */
export interface Usage {
  readonly day: { readonly used: number; readonly limit: number }
  readonly month: { readonly used: number; readonly limit: number | null; readonly forecast: number }
}

/** Any order in words: `sauvegarder client-Z`. */
export type Describe = (order: ParsedOrder) => Phrase

/** Everything that a command may touch: built once, for one action of one tenant. */
export interface CommandContext {
  readonly tenant: Tenant
  readonly member: Member
  readonly language: Language
  readonly action: Action
  /** True after a restart of NOX: an effect may already have taken place. */
  readonly resumed: boolean
  readonly knowledge: Knowledge
  readonly clusters: Clusters
  /** Opens a cluster's credentials. */
  connect(clusterId: string): Promise<ClusterConnection>
  /**
   * A connected vendor that gives this capability: the named one, else the only one or the one that admins prefer.
   * @throws NoxError with a sentence: `not-found` where none is connected, `bad-input` where several are and none is preferred
   */
  provider<C extends Capability>(capability: C, vendor?: Vendor): Promise<Ports[C]>
  /** Known names that a typed one may have meant, nearest first. */
  nearest(typed: string, names: readonly string[], most: number): readonly string[]
  /** Ends at the command's time limit or when someone cancels. */
  readonly signal: AbortSignal
  /** The signal has ended because the time limit has. */
  hasTimedOut(): boolean
  readonly now: () => number
  /** The next time that clocks of the tenant show an hour (0 to 23), at least so long (ms) after a moment (ms since 1970). */
  nextHour(at: number, hour: number, atLeastMs: number): number
  /** When clocks of the tenant show an hour (0 to 48) of the day so many days from today (ms since 1970). */
  hourOfDay(days: number, hour: number): number
  /** Shows a state in the action's one message. */
  progress(answer: Answer): void
  /** Names the step that begins now, durably, so that an interrupted action can say where it stopped. */
  step(name: string): Promise<void>
  may(question: Question, member?: Member): Verdict
  /** What the person may do, in sentences. */
  rights(): readonly Phrase[]
  /** Names of those who may do this directly, and with an approval. */
  whoMay(
    question: Question,
  ): Promise<{ readonly directly: readonly string[]; readonly withApproval: readonly string[] }>
  findMember(slackUserId: string): Promise<Member | null>
  nameOf(slackUserId: string): Promise<string>
  /** Where people read the thread of this action, or of another; `null` = there is no such link. */
  permalink(of?: Action): Promise<string | null>
  /** Names of those who may connect clusters and fill the catalogue. */
  admins(): Promise<readonly string[]>
  usage(): Promise<Usage>
  audit(filter: RecordFilter): Promise<readonly AuditRecord[]>
  /** Verifies the audit log's chain from record `from` on; `earlier` ones of them were verified before. */
  verifyAudit(): Promise<{
    readonly ok: boolean
    readonly count: number
    readonly brokenAt: number | null
    readonly from: number
    readonly earlier: number
  }>
  /** What the conversation of this action stands for, and how that is changed. */
  readonly channel: {
    readonly about: ChannelDefault | null
    set(about: ChannelDefault | null): Promise<void>
  }
  /** In the name of who gave the order. */
  readonly people: PeopleDesk
  /** Alerts that came in. */
  readonly received: ReceivedAlerts
  readonly aliases: {
    /** Why a word can't stand for this; `null` = it can. */
    problemWith(name: string, text: string): Phrase | null
    save(name: string, text: string): Promise<void>
    /** `false` = there was none. */
    remove(name: string): Promise<boolean>
    setLocked(isLocked: boolean): Promise<void>
  }
  readonly schedules: ScheduleDesk
  readonly incidents: IncidentDesk
  readonly reports: ReportDesk
  lastDone(command: string, resource: string): Promise<Action | null>
  /** Another order of the tenant; `null` = there is none of this id. */
  order(id: string): Promise<Action | null>
  /** Orders of the tenant that began after this one, the newest 100, newest first. */
  ordersSince(): Promise<readonly Action[]>
  /** Decides on another action by its number (`null` = the one that this thread is about); gives what to say of it. */
  decide(act: 'approve' | 'deny' | 'cancel', number: number | null): Promise<Phrase>
  /** What waits for this person's decision, and what they wait for themselves; so many of each, newest first. */
  requests(limit: number): Promise<{ readonly toDecide: readonly Action[]; readonly mine: readonly Action[] }>
  readonly allCommands: readonly Command[]
  readonly describe: Describe
  /** An order as a sentence of the person's language. */
  say(command: string, args: Arguments): string
}

/** How a command ended. `changed` false = nothing was done outside, and the quota is given back on a failure. */
export interface Outcome {
  readonly result: 'done' | 'failed' | 'cancelled' | 'refused'
  readonly answer: Answer
  readonly changed: boolean
  /** Plain facts for the audit. */
  readonly details?: { readonly [key: string]: string | number | boolean | null }
  /** A line that rings the person after a long wait. */
  readonly ring?: Phrase
  /** What is done once all of it was told: nobody waits for it, and what fails there is for the log alone. */
  afterwards?(): Promise<void>
}

/** What a confirmation or approval is asked on. */
export interface Preview {
  readonly before: string
  readonly after: string
  readonly cluster: string
  readonly pods: number
  /** What its branch or tag stands for, where its image names the commit. */
  readonly commit?: string
}

export type HelpTheme =
  | 'deploy'
  | 'operate'
  | 'look'
  | 'backup'
  | 'ci'
  | 'tickets'
  | 'docs'
  | 'schedules'
  | 'incidents'
  | 'reports'
  | 'approve'
  | 'words'
  | 'team'
  | 'me'

/** One command: its words, what it is about, and what it does. */
export interface Command {
  readonly words: CommandWords
  readonly theme: HelpTheme
  /** The vendor's gift that it cannot do without. */
  readonly capability?: Capability
  /** Asks all vendors of it at once: nobody has to choose one. */
  readonly asksAll?: boolean
  /** An order that would make sense here, for help; `null` = nothing to show it with. */
  example(knowledge: Knowledge): Arguments | null
  /** Milliseconds after which a run is given up. */
  readonly timeLimitMs: number
  /** It tells how much of the quotas is used: that is read together with taking the order. */
  readonly tellsUsed?: true
  /** Another limit for some orders; `undefined` = that of all. */
  timeLimitOf?(args: Arguments, knowledge: Knowledge): number | undefined
  /** Required and optional arguments that tenant knowledge fills, in the order in which they are asked for. */
  subject(args: Arguments, knowledge: Knowledge): Subject
  /** Takes something away that is not easily given back, or all that serves: always confirmed first. */
  readonly confirms?: boolean | ((args: Arguments) => boolean)
  /** What it asks of the person, for what no zone is about. */
  needs?(knowledge: Knowledge): Need
  /** `déployer user-api v2 en production`: the words of titles and refusals; `other` for an order inside it. */
  describe(args: Arguments, knowledge: Knowledge, other?: Describe): Phrase
  /** Reads only, before anything is asked or run: an outcome that ends the order at once. `null` = go on. */
  check?(context: CommandContext, args: Arguments): Promise<Outcome | null>
  /**
   * Reads only, before it runs: the order with what its words turned out to stand for outside, where that asks for
   * another permission (`standsFor`). `null` = nothing of the kind.
   */
  settle?(context: CommandContext, args: Arguments): Promise<Arguments | null>
  /** The order that this one amounts to: permission is asked for that. `null` = it is its own. */
  standsFor?(args: Arguments): { readonly command: Command; readonly args: Arguments } | null
  /** Reads only: what would change. Absent where there is nothing to compare. */
  preview?(context: CommandContext, args: Arguments): Promise<Preview | null>
  run(context: CommandContext, args: Arguments): Promise<Outcome>
  /** After a crash: did the effect of this action take place? Absent for reads, which may simply run again. */
  probe?(context: CommandContext, args: Arguments): Promise<Found>
}
