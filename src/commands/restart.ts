import type { Arguments } from '../domain/command-spec.ts'
import { phrase } from '../texts/phrase.ts'
import { text } from './arguments.ts'
import { changeDeployment } from './change-deployment.ts'
import type { Command } from './command.ts'
import { exampleService, findOwnChange, orderedTarget, serviceSubject } from './service-order.ts'
import { restartWords } from './words/restart.ts'

const describe = (args: Arguments) =>
  phrase('action.restart', { service: text(args, 'service'), env: text(args, 'environment') })

export const restart: Command = {
  words: restartWords,
  theme: 'operate',
  timeLimitMs: 15 * 60_000,
  example(knowledge) {
    const example = exampleService(knowledge)
    return example && { service: example.service.name, environment: example.environment }
  },
  subject: serviceSubject,
  describe,
  run: (context, args) =>
    changeDeployment(context, args, {
      action: describe(args),
      patch: (connection, target) =>
        context.clusters.restart(connection, target, context.action.id, { signal: context.signal }),
      done: ({ version }, words) => phrase('restart.done', { ...words, version }),
    }),
  probe: (context, args) => findOwnChange(context, orderedTarget(context.knowledge, args).target),
}
