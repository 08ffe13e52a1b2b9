import type { Action, ActionPlan } from '../domain/action.ts'
import { phrase } from '../texts/phrase.ts'
import { ask, previewOf } from './ask.ts'
import { auditEntry, frameOf } from './frames.ts'
import type { Runner, RunOptions } from './runner.ts'
import type { Services } from './services.ts'

/** Brings an accepted action to where its plan leads: a sentence, a question, or a run. Never throws. */
export type Perform = (action: Action, options?: RunOptions) => Promise<void>

export function createPerform(services: Services, runner: Runner): Perform {
  return async (action, options = {}) => {
    try {
      if (action.plan.kind === 'tell') await tell(services, action, action.plan)
      else if (action.plan.kind === 'ask') await ask(services, action, action.plan)
      else if (options.resumed || !(await askAgain(services, action))) await runner.run(action, options)
    } catch (error) {
      // The lease runs out, and recovery takes the action up again.
      services.log.error({ err: error, tenant: action.tenantId, action: action.id }, 'an action was interrupted')
    }
  }
}

/**
 * A confirmation or approval holds for what it was given on: where another version runs by now, NOX asks again.
 * `true` = it did.
 */
async function askAgain(services: Services, action: Action): Promise<boolean> {
  const { facts, approvals: _, directs: __, ...waiting } = action.waiting ?? {}
  if (facts?.before === undefined) return false
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const preview = await previewOf(services, action, snapshot)
  if (!preview || preview.before === facts.before) return false
  const words = { current: preview.before, after: preview.after }
  const note = phrase('approval.stale.note', words)
  const waitingFor = waiting.group === undefined ? 'confirmation' : 'approval'
  await ask(services, action, { kind: 'ask', waitingFor, waiting }, { preview, note })
  return true
}

/** Says what was decided at once: a refusal, or that nothing was understood. */
async function tell(services: Services, action: Action, plan: ActionPlan & { kind: 'tell' }): Promise<void> {
  const { ledger } = services.storage
  const frame = await frameOf(services, action)
  const { messageTs } = action
  if (messageTs !== null) await services.messenger.update(frame, messageTs, plan.answer)
  const posted = messageTs ?? (await services.messenger.post(frame, plan.answer, action.id))
  const now = services.now()
  await ledger.finish(action.tenantId, action.id, action.fence, {
    state: plan.result,
    audit: auditEntry(action, plan.result, now, plan.details),
    giveBack: false,
    messageTs: posted,
    now,
  })
  services.metrics.actionEnded(action.command, plan.result, now - action.createdAt)
}
