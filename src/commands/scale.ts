import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { argumentName } from '../texts/argument-name.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalNumber, text } from './arguments.ts'
import { changeDeployment } from './change-deployment.ts'
import type { Command } from './command.ts'
import { exampleService, findOwnChange, orderedTarget, serviceSubject } from './service-order.ts'
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

export const scale: Command = {
  words: scaleWords,
  theme: 'operate',
  timeLimitMs: 15 * 60_000,
  example(knowledge) {
    const example = exampleService(knowledge)
    return example && { service: example.service.name, replicas: 3, environment: example.environment }
  },
  subject: serviceSubject,
  /** Nothing serves any more after it: one digit too few is an outage. */
  confirms: (args) => optionalNumber(args, 'replicas') === 0,
  describe,
  async preview(context, args) {
    const { target } = orderedTarget(context.knowledge, args)
    const connection = await context.connect(target.clusterId)
    const now = await context.clusters.deployment(connection, target, { signal: context.signal })
    return {
      before: String(now.total),
      after: String(replicas(args)),
      cluster: connection.cluster.name,
      pods: now.total,
    }
  },
  run(context, args) {
    const wanted = replicas(args)
    return changeDeployment(context, args, {
      action: describe(args),
      replicas: wanted,
      patch: (connection, target) =>
        context.clusters.scale(connection, target, wanted, context.action.id, { signal: context.signal }),
      done: ({ total }, words) => phrase('scale.done', { ...words, before: total, after: wanted }),
    })
  },
  probe: (context, args) => findOwnChange(context, orderedTarget(context.knowledge, args).target),
}
