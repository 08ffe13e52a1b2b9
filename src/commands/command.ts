import type { ClusterConnection, Clusters, Found } from '../capabilities/clusters.ts'
import type { Action } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { AuditRecord } from '../domain/audit-record.ts'
import type { BackupTarget, Cluster, Service } from '../domain/catalogue.ts'
import type { ActionType, Arguments, CommandWords, Language } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Phrase } from '../texts/phrase.ts'

/** What the tenant has, as commands see it: one tenant's and no other. */
export interface Knowledge {
  readonly tenant: Tenant
  readonly services: readonly Service[]
  readonly clusters: readonly Cluster[]
  readonly backupTargets: readonly BackupTarget[]
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
}

export interface Question {
  readonly command: string
  readonly action: ActionType | null
  readonly effect: 'read' | 'write'
  readonly environment: string | null
  readonly resources: readonly string[]
}

/** Used and granted units of the two quotas; `limit` null = unlimited. */
export interface Usage {
  readonly day: { readonly used: number; readonly limit: number }
  readonly month: { readonly used: number; readonly limit: number | null; readonly forecast: number }
}

export interface AuditFilter {
  readonly actor?: string
  readonly command?: string
  readonly environment?: string
  readonly resource?: string
  readonly result?: string
  readonly since?: number
  readonly limit: number
}

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
  /** Ends at the command's time limit or when someone cancels. */
  readonly signal: AbortSignal
  readonly now: () => number
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
  usage(): Promise<Usage>
  audit(filter: AuditFilter): Promise<readonly AuditRecord[]>
  verifyAudit(): Promise<{ readonly ok: boolean; readonly count: number; readonly brokenAt: number | null }>
  lastDone(command: string, resource: string): Promise<Action | null>
  /** Decides on another action by its number (`null` = the one that this thread is about); gives what to say of it. */
  decide(act: 'approve' | 'deny' | 'cancel', number: number | null): Promise<Phrase>
  readonly allCommands: readonly Command[]
  /** An order as a sentence of the person's language. */
  say(command: string, args: Arguments): string
}

/** How a command ended. `changed` false = nothing was done outside, and the quota is given back on a failure. */
export interface Outcome {
  readonly result: 'done' | 'failed' | 'cancelled'
  readonly answer: Answer
  readonly changed: boolean
  /** Plain facts for the audit. */
  readonly details?: { readonly [key: string]: string | number | boolean | null }
  /** A line that rings the person after a long wait. */
  readonly ring?: Phrase
}

/** What a confirmation or approval is asked on. */
export interface Preview {
  readonly before: string
  readonly after: string
  readonly cluster: string
  readonly pods: number
}

export type HelpTheme = 'deploy' | 'operate' | 'look' | 'backup' | 'approve' | 'me'

/** One command: its words, what it is about, and what it does. */
export interface Command {
  readonly words: CommandWords
  readonly theme: HelpTheme
  /** An order that would make sense here, for help; `null` = nothing to show it with. */
  example(knowledge: Knowledge): Arguments | null
  /** Milliseconds after which a run is given up. */
  readonly timeLimitMs: number
  /** Required and optional arguments that tenant knowledge fills, in the order in which they are asked for. */
  subject(args: Arguments, knowledge: Knowledge): Subject
  /** `déployer user-api v2 en production`: the words of titles and refusals. */
  describe(args: Arguments, knowledge: Knowledge): Phrase
  /** Reads only: what would change. Absent where there is nothing to compare. */
  preview?(context: CommandContext, args: Arguments): Promise<Preview | null>
  run(context: CommandContext, args: Arguments): Promise<Outcome>
  /** After a crash: did the effect of this action take place? Absent for reads, which may simply run again. */
  probe?(context: CommandContext, args: Arguments): Promise<Found>
}
