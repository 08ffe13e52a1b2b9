import type { ClusterConnection, Deployment, RolloutState } from '../capabilities/clusters.ts'
import type { ServiceTarget } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { failedChange, logsButton } from './change-answers.ts'
import type { CommandContext, Outcome } from './command.ts'
import { cancelButton, followRollout, progressAnswer } from './follow-rollout.ts'
import { orderedTarget } from './service-order.ts'
import { readServing } from './serving.ts'

/** A change of a Deployment that leaves its image as it is. */
export interface DeploymentChange {
  /** `redémarrer user-api en production`. */
  readonly action: Phrase
  patch(connection: ClusterConnection, target: ServiceTarget): Promise<unknown>
  /** Of a change that says how many pods there are to be. */
  readonly replicas?: number
  /** What is said at the end. `before`: as it was; `words`: its service, environment, duration and ready pods. */
  done(before: Deployment, words: DoneWords): Phrase
}

export interface DoneWords {
  readonly service: string
  readonly env: string
  readonly duration: { readonly kind: 'duration'; readonly ms: number }
  readonly ready: number
  readonly total: number
}

/** Patches the ordered service's Deployment and follows it to its end. @throws NoxError as the cluster does */
export async function changeDeployment(
  context: CommandContext,
  args: Arguments,
  { action, patch, done, replicas }: DeploymentChange,
): Promise<Outcome> {
  const { service, target } = orderedTarget(context.knowledge, args)
  const startedAt = context.now()
  const connection = await context.connect(target.clusterId)
  const { current: before, served } = await readServing(context, connection, target)
  const running = phrase('state.running', { action })
  context.progress(progressAnswer(running, [], phrase('step.patching'), [cancelButton(context.action.id)]))
  await context.step('step.patching')
  await patch(connection, target)
  await context.step('step.rollout.wait')
  const buttons = [logsButton(service.name, target.environment)]
  const wordsOf = ({ ready, total }: RolloutState, ms: number): DoneWords => ({
    service: service.name,
    env: target.environment,
    duration: { kind: 'duration', ms },
    ready,
    total,
  })
  return followRollout(
    context,
    connection,
    target,
    {
      running,
      doneSteps: [phrase('step.patch')],
      buttons,
      ...(replicas === undefined ? {} : { replicas }),
      done: (state, elapsed) => ({ kind: 'outcome', title: done(before, wordsOf(state, elapsed)), buttons }),
      failed: (failure, state) => failedChange(context.action, action, failure, served, state, buttons),
    },
    startedAt,
  )
}
