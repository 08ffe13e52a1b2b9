import type { Knowledge } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { LiveMessage } from '../domain/messenger.ts'
import type { TextKey } from '../texts/keys.ts'
import { phrase } from '../texts/phrase.ts'
import { auditEntry, describeAction } from './frames.ts'
import type { Services } from './services.ts'

/** Steps are stored by their text's key; an older row may carry one that is gone. */
const stepKeys: readonly string[] = [
  'step.start',
  'step.patching',
  'step.rollout.wait',
  'step.dispatched',
] satisfies TextKey[]

/**
 * What is said where nobody can tell whether an effect took place.
 * @param why NOX itself was stopped, or the outside world no longer answered
 */
export function unknownAnswer(
  services: Services,
  action: Action,
  knowledge: Knowledge,
  why: 'stopped' | 'silent',
): Answer {
  const key = stepKeys.includes(action.step ?? '') ? (action.step as TextKey) : 'step.start'
  const button = (act: 'recheck' | 'finished' | 'retry', label: TextKey) => ({
    label: phrase(label),
    does: { kind: 'press', act, actionId: action.id } as const,
  })
  return {
    kind: 'outcome',
    title: phrase(why === 'silent' ? 'state.unknown.silent' : 'state.unknown', {
      action: describeAction(services, knowledge, action),
      step: phrase(key),
    }),
    buttons: [
      { ...button('recheck', 'button.recheck'), style: 'primary' },
      button('finished', 'button.finished'),
      button('retry', 'button.retry'),
    ],
  }
}

/** Ends a run as `unknown`: told, audited, and left to people. */
export async function tellUnknown(
  services: Services,
  action: Action,
  live: LiveMessage,
  knowledge: Knowledge,
  why: 'stopped' | 'silent' = 'stopped',
): Promise<void> {
  const messageTs = await live.finish(unknownAnswer(services, action, knowledge, why))
  const now = services.now()
  await services.storage.ledger.finish(action.tenantId, action.id, action.fence, {
    state: 'unknown',
    audit: auditEntry(action, 'unknown', now, { step: action.step }),
    giveBack: false,
    messageTs,
    now,
  })
  services.metrics.actionEnded(action.command, 'unknown', now - action.createdAt)
}
