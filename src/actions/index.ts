import type { Action } from '../domain/action.ts'
import { decideByNumber } from './decide-by-number.ts'
import { createDecisions, type Decisions } from './decisions.ts'
import { createHolds } from './holds.ts'
import { createPerform, type Perform } from './perform.ts'
import { createRecovery, type Recovery } from './recover.ts'
import { createRunner, type DecideFor, type Runner } from './runner.ts'
import { createSequences, type Sequences } from './sequence.ts'
import type { Services } from './services.ts'

/** The durable ledger of orders at work. */
export interface Actions {
  readonly runner: Runner
  readonly perform: Perform
  readonly decisions: Decisions
  readonly sequences: Sequences
  readonly recovery: Recovery
}

/** Wires what runs, decides and recovers actions. */
export function createActions(services: Services): Actions {
  const decideFor: DecideFor = (order, by, act, number) => decideByNumber(services, decisions, order, by, act, number)
  const ended = (action: Action) => sequences.ended(action)
  const holds = createHolds(services)
  const runner = createRunner(services, holds, decideFor, ended)
  const perform = createPerform(services, holds, runner, ended)
  const sequences = createSequences(services, perform)
  const decisions = createDecisions(services, runner, perform, ended)
  return { runner, perform, decisions, sequences, recovery: createRecovery(services, holds, perform, sequences) }
}
