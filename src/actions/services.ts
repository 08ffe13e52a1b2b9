import type { Logger } from 'pino'
import type { Clusters } from '../capabilities/clusters.ts'
import type { Connectors } from '../capabilities/connectors.ts'
import type { Mailer } from '../capabilities/mail.ts'
import type { Payments } from '../capabilities/payments.ts'
import type { Command, Knowledge } from '../commands/command.ts'
import type { PeopleDesk } from '../commands/context/people.ts'
import type { ActionState } from '../domain/action.ts'
import type { ChartSpec } from '../domain/chart.ts'
import type { Arguments, Language } from '../domain/command-spec.ts'
import type { Messenger, People } from '../domain/messenger.ts'
import type { Plan } from '../domain/plans.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { Storage } from '../storage/types/storage.ts'
import type { Phrase } from '../texts/phrase.ts'
import type { TenantKnowledge } from './tenant-knowledge.ts'
import type { TurnLimits } from './turns.ts'

/** What the metrics want to know of actions. */
export interface ActionMetrics {
  actionEnded(command: string, state: ActionState, ms: number): void
  /** What was counted and what was billed differ. */
  differenceFound?(at: 'meter' | 'counter'): void
}

/** Everything that the ledger of orders works with, wired once at the start. */
export interface Services {
  readonly storage: Storage
  readonly knowledge: TenantKnowledge
  readonly messenger: Messenger
  readonly people: People
  readonly clusters: Clusters
  readonly connectors: Connectors
  readonly commands: readonly Command[]
  findCommand(name: string): Command | undefined
  /** An order as a sentence of a language. */
  say(command: string, args: Arguments, language: Language): string
  /** Why a word can't be an alias of a text; `null` = it can. */
  aliasProblem(name: string, text: string, knowledge: Knowledge): Phrase | null
  /** The plan that holds for a tenant now; from the configuration where NOX is not sold. */
  planOf(tenant: Tenant): Plan
  /** Who takes the money; absent = NOX is not sold here. */
  readonly billing?: Payments
  /** Who carries e-mail; absent = no SMTP server is configured. */
  readonly mailer?: Mailer
  /** Draws figures, and says what they show. */
  readonly charts?: {
    draw(chart: ChartSpec, language: Language): Promise<Uint8Array>
    say(chart: ChartSpec, language: Language): Promise<string>
  }
  /** People of a tenant, as this person may change them. */
  peopleDesk(tenantId: string, userId: string): PeopleDesk
  readonly metrics: ActionMetrics
  readonly log: Logger
  readonly now: () => number
  newId(): string
  /** How long a runner may be silent before another takes its action (ms). */
  readonly leaseMs: number
  /** How long what is looked up before a question may take (ms); absent = as long as usual. */
  readonly lookMs?: number
  /** How many orders this process runs at a time; absent = as many as usual. */
  readonly limits?: TurnLimits
}
