import type { ClusterConnection, RolloutFailure, RolloutState } from '../capabilities/clusters.ts'
import type { Answer, Button, Step } from '../domain/answer.ts'
import type { ServiceTarget } from '../domain/catalogue.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext, Outcome } from './command.ts'

/** How the message of a change looks while it runs, and when it ends. */
export interface ChangeWords {
  readonly running: Phrase
  readonly doneSteps: readonly Phrase[]
  readonly buttons: readonly Button[]
  done(state: RolloutState, elapsedMs: number): Answer
  failed(failure: RolloutFailure, state: RolloutState): Answer
  readonly ring?: Phrase
}

/** After this the person is rung when the action ends (ms; the message book, section 2). */
export const ringAfterMs = 60_000

const steps = (done: readonly Phrase[], now: Phrase): readonly Step[] => [
  ...done.map((text): Step => ({ state: 'done', text })),
  { state: 'now', text: now },
]

/** The answer while something runs: its title, what is done, what goes on. */
export function progressAnswer(
  title: Phrase,
  done: readonly Phrase[],
  now: Phrase,
  buttons: readonly Button[] = [],
): Answer {
  return { kind: 'progress', title, steps: steps(done, now), buttons }
}

/** The button that stops an action; what it does to the cluster is told when it is pressed. */
export const cancelButton = (actionId: string): Button => ({
  label: phrase('button.cancel'),
  does: { kind: 'press', act: 'cancel', actionId },
})

/** Follows a rollout to its end, showing each state, and says how it ended. */
export async function followRollout(
  context: CommandContext,
  connection: ClusterConnection,
  target: ServiceTarget,
  words: ChangeWords,
  startedAt: number,
): Promise<Outcome> {
  let last: RolloutState = { phase: 'progressing', ready: 0, total: 0 }
  for await (const state of context.clusters.watchRollout(connection, target, { signal: context.signal })) {
    last = state
    if (state.phase !== 'progressing') break
    const now = phrase('step.rollout', { ready: state.ready, total: state.total })
    context.progress(progressAnswer(words.running, words.doneSteps, now, words.buttons))
  }
  const elapsed = context.now() - startedAt
  if (last.phase === 'done') {
    return {
      result: 'done',
      changed: true,
      answer: words.done(last, elapsed),
      ...(words.ring && elapsed > ringAfterMs ? { ring: words.ring } : {}),
    }
  }
  const failure = last.failure ?? timedOut(context)
  return {
    result: 'failed',
    changed: true,
    answer: words.failed(failure, last),
    details: { reason: failure.reason },
    ...(words.ring ? { ring: phrase('state.failed', { action: words.running.params.action ?? '' }) } : {}),
  }
}

function timedOut(context: CommandContext): RolloutFailure {
  const limit = { kind: 'duration', ms: context.now() - (context.action.startedAt ?? context.now()) } as const
  return { reason: 'Timeout', sentence: phrase('failure.timeout', { limit }), clusterWord: 'Timeout', lines: [] }
}
