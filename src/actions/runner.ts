import type { Command, CommandContext, Outcome } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Member } from '../domain/member.ts'
import type { LiveMessage } from '../domain/messenger.ts'
import { traced } from '../domain/trace.ts'
import { NoxError } from '../errors.ts'
import type { UsedUnits } from '../storage/types/quota.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { commandContext } from './context.ts'
import { auditEntry, describeAction, frameOf } from './frames.ts'
import type { Holds } from './holds.ts'
import { outcomeOfError } from './outcome-of-error.ts'
import type { Services } from './services.ts'
import { createLanes, type Lanes, takeTurn } from './take-turn.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'
import { defaultLimits } from './turns.ts'
import { tellUnknown } from './unknown.ts'
import { stopOf, whyStopped } from './why-stopped.ts'

/** After this a read that is not done yet says that it is being worked on (ms). */
const silentFor = 1_000

/** How a run begins. */
export interface RunOptions {
  readonly resumed?: boolean
  /** The action's row is durable once this resolves: before, nothing is said and nothing is written. */
  readonly durable?: Promise<unknown>
  /** What was used of the quotas when the order was taken. */
  readonly used?: UsedUnits | undefined
  /** Told once it is sure to start: what was approved may be asked again instead. */
  readonly starting?: () => Promise<void>
}

/** Runs actions whose lease this process holds, to their end. */
export interface Runner {
  /** Resolves when the action has ended, or is no longer this process's. Never throws. */
  run(action: Action, options?: RunOptions): Promise<void>
  /** Stops an action that runs here; `false` = it doesn't. */
  cancel(actionId: string, byUserId: string): boolean
  /** Lets actions end for so long (ms), then hands the rest back to the ledger. */
  stop(patienceMs: number): Promise<void>
}

/** How `approuve 42` reaches the decisions, which need the runner themselves. */
export type DecideFor = (
  order: Action,
  by: Member,
  act: 'approve' | 'deny' | 'cancel',
  number: number | null,
) => Promise<Phrase>

/** @param ended told when an action has come to its end */
export function createRunner(
  services: Services,
  holds: Holds,
  decideFor: DecideFor,
  ended: (action: Action) => Promise<void>,
): Runner {
  const lanes = createLanes(services.limits ?? defaultLimits)
  let isStopping = false

  async function drive(action: Action, options: RunOptions, controller: AbortController): Promise<void> {
    try {
      const facts = { 'nox.command': action.command, 'nox.action': action.id, 'nox.tenant': action.tenantId }
      await traced('run', () => runCommand(services, lanes, action, options, controller, decideFor), facts)
      void ended(action)
    } catch (error) {
      services.log.error({ err: error, tenant: action.tenantId, action: action.id }, 'an action could not be ended')
    }
  }

  return {
    run(action, options = {}) {
      if (isStopping) return release(services, action)
      return holds.during(action, (controller) => drive(action, options, controller))
    },
    cancel(actionId, byUserId) {
      const found = holds.find(actionId)
      found?.abort(whyStopped('cancel', byUserId))
      return found !== undefined
    },
    stop(patienceMs) {
      isStopping = true
      return holds.stop(patienceMs)
    },
  }
}

async function release(services: Services, action: Action): Promise<void> {
  await services.storage.ledger
    .release(action.tenantId, action.id, action.fence)
    .catch((error: unknown) => services.log.warn({ err: error, action: action.id }, 'a lease could not be given back'))
}

async function runCommand(
  services: Services,
  lanes: Lanes,
  action: Action,
  { resumed = false, durable, used }: RunOptions,
  controller: AbortController,
  decideFor: DecideFor,
): Promise<void> {
  const { ledger } = services.storage
  const command = services.findCommand(action.command)
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const member = await services.knowledge.member(action.tenantId, action.userId)
  if (!command || !member) throw new NoxError('internal', `nothing can run ${action.command} for ${action.userId}`)
  const frame = await frameOf(services, action)
  const recordTs = async (ts: string) => {
    await ledger.setMessage(action.tenantId, action.id, action.fence, ts)
  }
  const live = services.messenger.live(frame, action.messageTs, action.id, recordTs, durable)
  let lastStep = resumed ? action.step : null
  const context = commandContext(services, {
    action,
    member,
    snapshot,
    signal: controller.signal,
    resumed,
    used,
    progress: (answer) => live.show(answer),
    async step(name) {
      controller.signal.throwIfAborted()
      if (!(await ledger.setStep(action.tenantId, action.id, action.fence, name))) {
        controller.abort(whyStopped('lost'))
        controller.signal.throwIfAborted()
      }
      lastStep = name
    },
    decide: (act, number) => decideFor(action, member, act, number),
  })
  const outcome = await outcomeOf(services, lanes, command, context, controller, live, () => lastStep, snapshot)
  const isLost = outcome === 'lost' || stopOf(controller.signal)?.why === 'lost'
  if (typeof outcome === 'object' && !isLost) return end(services, action, outcome, live, frame, durable)
  await durable
  if (outcome === 'handed-over') return release(services, action)
  if (outcome === 'unknown' && !isLost)
    return tellUnknown(services, { ...action, step: lastStep }, live, snapshot.knowledge, 'silent')
}

type End = Outcome | 'lost' | 'handed-over' | 'unknown'

async function outcomeOf(
  services: Services,
  lanes: Lanes,
  command: Command,
  context: CommandContext,
  controller: AbortController,
  live: LiveMessage,
  lastStep: () => string | null,
  snapshot: TenantSnapshot,
): Promise<End> {
  const { action } = context
  let endTurn = () => {}
  const limitMs = command.timeLimitOf?.(action.args, snapshot.knowledge) ?? command.timeLimitMs
  let limit: NodeJS.Timeout | undefined
  let checking: NodeJS.Timeout | undefined
  try {
    endTurn = await takeTurn(services, lanes, { action, command, snapshot }, live, controller.signal)
    limit = setTimeout(() => controller.abort(whyStopped('time-limit')), limitMs)
    checking = setTimeout(() => {
      const words = { action: describeAction(services, snapshot.knowledge, action) }
      if (lastStep() === null) live.show({ kind: 'progress', title: phrase('state.checking', words) })
    }, silentFor)
    return await command.run(context, action.args)
  } catch (error) {
    return await outcomeOfError(services, command, context, error, lastStep())
  } finally {
    endTurn()
    clearTimeout(limit)
    clearTimeout(checking)
  }
}

async function end(
  services: Services,
  action: Action,
  outcome: Outcome,
  live: LiveMessage,
  frame: Parameters<Services['messenger']['post']>[0],
  durable: Promise<unknown> | undefined,
): Promise<void> {
  // The answer is drawn while the row is made durable, and sent only then.
  const told = live.finish(outcome.answer)
  await durable
  const messageTs = await told
  const now = services.now()
  const { action: _, ...plainFrame } = frame
  if (outcome.ring) {
    const answer = { kind: 'outcome', title: outcome.ring } as const
    await services.messenger
      .post(plainFrame, answer, `${action.id}:ring`)
      .catch((error: unknown) => services.log.warn({ err: error, action: action.id }, 'a person could not be rung'))
  }
  await services.storage.ledger.finish(action.tenantId, action.id, action.fence, {
    state: outcome.result,
    audit: auditEntry(action, outcome.result, now, outcome.details),
    giveBack: !outcome.changed && (outcome.result !== 'done' || effectOf(services, action) === 'write'),
    messageTs,
    now,
  })
  services.log.debug({ action: action.id, command: action.command, result: outcome.result }, 'an action ended')
  services.metrics.actionEnded(action.command, outcome.result, now - action.createdAt)
  outcome
    .afterwards?.()
    .catch((error: unknown) =>
      services.log.warn({ err: error, action: action.id }, 'what follows an action could not be done'),
    )
}

const effectOf = (services: Services, action: Action) => services.findCommand(action.command)?.words.effect
