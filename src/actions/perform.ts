import type { Action, ActionPlan } from '../domain/action.ts'
import { phrase } from '../texts/phrase.ts'
import { ask } from './ask.ts'
import { askWhatItStandsFor } from './ask-what-it-stands-for.ts'
import { describeAction } from './frames.ts'
import type { Holds } from './holds.ts'
import { checkOf, previewOf } from './look-before.ts'
import { placeKey } from './place-key.ts'
import type { Runner, RunOptions } from './runner.ts'
import type { Services } from './services.ts'
import { closeDirects } from './tell-end.ts'
import { tellPlan } from './tell-plan.ts'

/** Brings an accepted action to where its plan leads: a sentence, a question, or a run. Never throws. */
export type Perform = (action: Action, options?: RunOptions) => Promise<void>

/** @param ended told when an action has come to its end */
export function createPerform(
  services: Services,
  holds: Holds,
  runner: Runner,
  ended: (action: Action) => Promise<void>,
): Perform {
  return async (action, options = {}) => {
    try {
      await holds.during(action, ({ signal }) => advance(action, options, signal))
    } catch (error) {
      // The lease runs out, and recovery takes the action up again.
      services.log.error({ err: error, tenant: action.tenantId, action: action.id }, 'an action was interrupted')
    }
  }

  async function advance(action: Action, options: RunOptions, signal: AbortSignal): Promise<void> {
    if (action.plan.kind === 'tell') {
      await tellPlan(services, action, action.plan, signal)
      void ended(action)
    } else if (action.plan.kind === 'ask') {
      if (await checkAndAsk(services, action, action.plan, signal)) void ended(action)
    } else if (options.resumed || !(await mustAsk(services, action))) {
      await options.starting?.()
      await runner.run(action, options)
    }
  }
}

/** Nobody is asked about an order that cannot be done. `true` = the order has ended. */
async function checkAndAsk(
  services: Services,
  action: Action,
  plan: ActionPlan & { kind: 'ask' },
  signal: AbortSignal,
): Promise<boolean> {
  const outcome = plan.waitingFor === 'argument' ? null : await checkOf(services, action)
  if (!outcome) {
    await ask(services, action, plan)
    return false
  }
  const { answer, details = {} } = outcome
  await tellPlan(services, action, { kind: 'tell', answer, result: 'refused', details }, signal)
  return true
}

const mustAsk = async (services: Services, action: Action) =>
  (await askAgain(services, action)) || askWhatItStandsFor(services, action)

/**
 * A confirmation or approval holds for what it was given on: where another version runs by now, or would, or the
 * catalogue says another place or image, NOX asks again.
 * `true` = it did.
 */
async function askAgain(services: Services, action: Action): Promise<boolean> {
  const { facts, approvals: _, directs, ...waiting } = action.waiting ?? {}
  if (!facts) return false
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const { knowledge } = snapshot
  const isMoved = facts.place !== undefined && facts.place !== placeKey(knowledge, action.args)
  if (facts.before === undefined && !isMoved) return false
  const preview = await previewOf(services, action, snapshot)
  const isOther = preview?.before !== facts.before || preview?.after !== facts.after
  const isStale = preview !== null && facts.before !== undefined && isOther
  if (!isMoved && !isStale) return false
  const words = { current: preview?.before ?? '', after: preview?.after ?? '' }
  const note = isMoved ? phrase('approval.moved.note') : phrase('approval.stale.note', words)
  if (directs) {
    const described = describeAction(services, knowledge, action)
    const title = isMoved
      ? phrase('approval.moved', { action: described })
      : phrase('approval.stale', { action: described, ...words })
    await closeDirects(services, action, { kind: 'notice', title })
  }
  const waitingFor = waiting.group === undefined ? 'confirmation' : 'approval'
  await ask(services, action, { kind: 'ask', waitingFor, waiting }, { preview, note })
  return true
}
