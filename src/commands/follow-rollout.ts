import type { ClusterConnection, RolloutFailure, RolloutState } from '../capabilities/clusters.ts'
import type { Action } from '../domain/action.ts'
import type { Answer, Button, Step } from '../domain/answer.ts'
import type { ServiceTarget } from '../domain/catalogue.ts'
import { orderedVersion } from '../domain/ordered-version.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext, Outcome } from './command.ts'
import { byWhom, overtaker, replacedOutcome, setsVersion } from './overtaken.ts'

/** What a cluster gets to say what serves (ms). */
const servingPatience = 5_000

/** How the message of a change looks while it runs, and when it ends. */
export interface ChangeWords {
  readonly running: Phrase
  readonly doneSteps: readonly Phrase[]
  readonly buttons: readonly Button[]
  done(state: RolloutState, elapsedMs: number): Answer
  /** @param state the pods that answer, of any version */
  failed(failure: RolloutFailure, state: { readonly ready: number; readonly total: number }): Answer
  readonly ring?: Phrase
  /** What was set: where something else stands at the end, another change has replaced it. */
  readonly image?: string
  readonly replicas?: number
}

/** How a change ended. */
export interface FollowedChange extends Outcome {
  /** A last look before it is told, where that took a while: how it ends if it was replaced since; else `null`. */
  replacedSince?(): Promise<Outcome | null>
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
): Promise<FollowedChange> {
  let stopped: unknown
  let last: RolloutState = { phase: 'progressing', ready: 0, total: 0 }
  try {
    for await (const state of context.clusters.watchRollout(connection, target, { signal: context.signal })) {
      last = state
      if (state.phase !== 'progressing') break
      const now = phrase('step.rollout', { ready: state.ready, total: state.total })
      context.progress(progressAnswer(words.running, words.doneSteps, now, words.buttons))
    }
  } catch (error) {
    if (!context.hasTimedOut()) throw error
    stopped = error
  }
  const elapsed = context.now() - startedAt
  const replaced = stopped === undefined ? await replacedBy(context, connection, target, words) : null
  if (replaced) return replaced
  if (last.phase === 'done') {
    return {
      result: 'done',
      changed: true,
      answer: words.done(last, elapsed),
      // What can't be asked any more has ended as it was seen to end.
      replacedSince: () => replacedBy(context, connection, target, words).catch(() => null),
      ...(words.ring && elapsed > ringAfterMs ? { ring: words.ring } : {}),
    }
  }
  const failure = last.failure ?? timedOut(context)
  const serving = last.failure ? last : await servingNow(context, connection, target)
  if (!serving) throw stopped
  return {
    result: 'failed',
    changed: true,
    answer: words.failed(failure, serving),
    details: { reason: failure.reason },
    ...(words.ring ? { ring: phrase('state.failed', { action: words.running.params.action ?? '' }) } : {}),
  }
}

/** How a change ends that someone else's took over: what the rollout came to is theirs. */
async function replacedBy(
  context: CommandContext,
  connection: ClusterConnection,
  target: ServiceTarget,
  { image, replicas, running }: ChangeWords,
): Promise<Outcome | null> {
  if (image === undefined && replicas === undefined) return null
  const { name, version, total, lastActionId, ...now } = await context.clusters.deployment(connection, target, {
    signal: context.signal,
  })
  const words = { action: running.params.action ?? '', service: name }
  if (image !== undefined && now.image !== image) {
    const by = await overtaker(context, target, setsVersion, (order) => orderedVersion(order) === version, lastActionId)
    const title = phrase('state.replaced', { ...words, version, by: await byWhom(context, by) })
    return replacedOutcome(title, version, by)
  }
  if (replicas !== undefined && total !== replicas) {
    const fits = ({ args }: Action) => args.replicas === total
    const by = await overtaker(context, target, ({ command }) => command === 'scale', fits, lastActionId)
    const title = phrase('state.replaced.replicas', { ...words, n: total, by: await byWhom(context, by) })
    return replacedOutcome(title, total, by)
  }
  return null
}

/** The pods that answer after a time limit, asked with a signal of its own: the run's has ended. */
function servingNow(
  context: CommandContext,
  connection: ClusterConnection,
  target: ServiceTarget,
): Promise<{ ready: number; total: number } | null> {
  const signal = AbortSignal.timeout(servingPatience)
  return context.clusters.deployment(connection, target, { signal }).catch(() => null)
}

function timedOut(context: CommandContext): RolloutFailure {
  const limit = { kind: 'duration', ms: context.now() - (context.action.startedAt ?? context.now()) } as const
  return { reason: 'Timeout', sentence: phrase('failure.timeout', { limit }), clusterWord: 'Timeout', lines: [] }
}
