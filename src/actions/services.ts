import type { Logger } from 'pino'
import type { Clusters } from '../capabilities/clusters.ts'
import type { Command } from '../commands/command.ts'
import type { ActionState } from '../domain/action.ts'
import type { Arguments, Language } from '../domain/command-spec.ts'
import type { Messenger, People } from '../domain/messenger.ts'
import type { Storage } from '../storage/types.ts'
import type { TenantKnowledge } from './tenant-knowledge.ts'

/** What the metrics want to know of actions. */
export interface ActionMetrics {
  actionEnded(command: string, state: ActionState, ms: number): void
}

/** Everything that the ledger of orders works with, wired once at the start. */
export interface Services {
  readonly storage: Storage
  readonly knowledge: TenantKnowledge
  readonly messenger: Messenger
  readonly people: People
  readonly clusters: Clusters
  readonly commands: readonly Command[]
  findCommand(name: string): Command | undefined
  /** An order as a sentence of a language. */
  say(command: string, args: Arguments, language: Language): string
  /** Actions a month that a plan grants; `null` = unlimited. */
  monthLimit(plan: string): number | null
  readonly metrics: ActionMetrics
  readonly log: Logger
  readonly now: () => number
  newId(): string
  /** How long a runner may be silent before another takes its action (ms). */
  readonly leaseMs: number
}
