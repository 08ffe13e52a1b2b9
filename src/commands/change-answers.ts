import type { Deployment, RolloutFailure } from '../capabilities/clusters.ts'
import type { Action } from '../domain/action.ts'
import type { Answer, Button } from '../domain/answer.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'

/** The button that goes back to what ran before, with its question. */
export function rollbackButton(service: string, environment: string, current: string, before: Deployment): Button {
  const words = { service, env: environment, current, version: before.version }
  return {
    label: phrase('button.rollback', { version: before.version }),
    does: {
      kind: 'order',
      command: 'rollback',
      args: { service, environment, revision: before.revision, tag: before.version },
      confirmed: true,
    },
    confirm: {
      title: phrase('dialog.rollback.title', words),
      text: phrase('dialog.rollback.text', words),
      verb: phrase('button.rollback', { version: before.version }),
    },
  }
}

/** The button that shows a service's logs. */
export const logsButton = (service: string, environment: string): Button => ({
  label: phrase('button.logs'),
  does: { kind: 'order', command: 'logs', args: { service, environment } },
})

/** How a failed change is told: what happened, what serves now, what to do. */
export function failedChange(
  { command, args }: Pick<Action, 'command' | 'args'>,
  action: Phrase,
  failure: RolloutFailure,
  before: Deployment,
  state: { readonly ready: number; readonly total: number },
  buttons: readonly Button[],
): Answer {
  const { ready, total } = state
  const now = ready > 0 ? phrase('deploy.now', { before: before.version, ready, total }) : phrase('deploy.down')
  return {
    kind: 'outcome',
    title: phrase('state.failed', { action }),
    lines: [failure.sentence, now],
    ...(failure.lines.length > 0 ? { output: { lines: failure.lines } } : {}),
    ...nextOf(failure, action, before),
    buttons: [...buttons, { label: phrase('button.retry'), does: { kind: 'order', command, args } }],
    context: [phrase('action.plain', { command: failure.clusterWord })],
  }
}

/** What the sentence of a failure does not say already. */
function nextOf({ reason }: RolloutFailure, action: Phrase, before: Deployment): { next?: Phrase } {
  const { version } = action.params
  if (reason === 'ImagePullBackOff' && version !== undefined) {
    return { next: phrase('failure.image.next', { ref: version }) }
  }
  return reason === 'Timeout' ? { next: phrase('failure.timeout.next', { before: before.version }) } : {}
}
