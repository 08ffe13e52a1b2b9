import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { argumentName } from '../texts/argument-name.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalNumber, optionalText, text } from './arguments.ts'
import { failedChange, logsButton } from './change-answers.ts'
import type { Command, CommandContext } from './command.ts'
import { serviceTarget } from './find-target.ts'
import { cancelButton, followRollout, progressAnswer } from './follow-rollout.ts'
import { readServing } from './serving.ts'
import { scaleWords } from './words/scale.ts'

/** More is a typing error far more often than a wish. */
const mostReplicas = 500

function replicas(args: Arguments): number {
  const wanted = optionalNumber(args, 'replicas')
  if (wanted === undefined || wanted > mostReplicas) {
    throw new NoxError('bad-input', 'replicas out of range', {
      forPerson: phrase('error.range', { argument: argumentName('replicas'), min: 0, max: mostReplicas }),
    })
  }
  return wanted
}

const describe = (args: Arguments) =>
  phrase('action.scale', {
    service: text(args, 'service'),
    n: optionalNumber(args, 'replicas') ?? 0,
    env: text(args, 'environment'),
  })

const targetOf = (context: CommandContext, args: Arguments) =>
  serviceTarget(context.knowledge, text(args, 'service'), text(args, 'environment'), optionalText(args, 'cluster'))

export const scale: Command = {
  words: scaleWords,
  theme: 'operate',
  timeLimitMs: 15 * 60_000,
  example: (knowledge) => {
    const service = knowledge.services[0]
    const environment = service?.targets[0]?.environment
    return service && environment ? { service: service.name, replicas: 3, environment } : null
  },
  subject: (args) => ({ environment: text(args, 'environment'), resources: [text(args, 'service')] }),
  describe,
  async preview(context, args) {
    const { target } = targetOf(context, args)
    const connection = await context.connect(target.clusterId)
    const now = await context.clusters.deployment(connection, target, { signal: context.signal })
    return {
      before: String(now.total),
      after: String(replicas(args)),
      cluster: connection.cluster.name,
      pods: now.total,
    }
  },
  async run(context, args) {
    const { service, target } = targetOf(context, args)
    const wanted = replicas(args)
    const startedAt = context.now()
    const connection = await context.connect(target.clusterId)
    const { current: before, served } = await readServing(context, connection, target)
    const running = phrase('state.running', { action: describe(args) })
    context.progress(progressAnswer(running, [], phrase('step.patching'), [cancelButton(context.action.id)]))
    await context.step('step.patching')
    await context.clusters.scale(connection, target, wanted, context.action.id, { signal: context.signal })
    await context.step('step.rollout.wait')
    const logs = logsButton(service.name, target.environment)
    return followRollout(
      context,
      connection,
      target,
      {
        running,
        doneSteps: [phrase('step.patch')],
        buttons: [logs],
        done: (state, elapsed) => ({
          kind: 'outcome',
          title: phrase('scale.done', {
            service: service.name,
            env: target.environment,
            before: before.total,
            after: wanted,
            duration: { kind: 'duration', ms: elapsed },
            ready: state.ready,
            total: state.total,
          }),
          buttons: [logs],
        }),
        failed: (failure, state) => failedChange(context.action, describe(args), failure, served, state, [logs]),
      },
      startedAt,
    )
  },
  async probe(context, args) {
    const { target } = targetOf(context, args)
    const connection = await context.connect(target.clusterId)
    return context.clusters.findChange(connection, target, context.action.id, { signal: context.signal })
  },
}
