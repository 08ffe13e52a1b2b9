import type { Arguments } from '../domain/command-spec.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import { failedChange, logsButton } from './change-answers.ts'
import type { Command, CommandContext } from './command.ts'
import { serviceTarget } from './find-target.ts'
import { cancelButton, followRollout, progressAnswer } from './follow-rollout.ts'
import { readServing } from './serving.ts'
import { restartWords } from './words/restart.ts'

const describe = (args: Arguments) =>
  phrase('action.restart', { service: text(args, 'service'), env: text(args, 'environment') })

const targetOf = (context: CommandContext, args: Arguments) =>
  serviceTarget(context.knowledge, text(args, 'service'), text(args, 'environment'), optionalText(args, 'cluster'))

export const restart: Command = {
  words: restartWords,
  theme: 'operate',
  timeLimitMs: 15 * 60_000,
  example: (knowledge) => {
    const service = knowledge.services[0]
    const environment = service?.targets[0]?.environment
    return service && environment ? { service: service.name, environment } : null
  },
  subject: (args) => ({ environment: text(args, 'environment'), resources: [text(args, 'service')] }),
  describe,
  async run(context, args) {
    const { service, target } = targetOf(context, args)
    const startedAt = context.now()
    const connection = await context.connect(target.clusterId)
    const { current: before, served } = await readServing(context, connection, target)
    const running = phrase('state.running', { action: describe(args) })
    context.progress(progressAnswer(running, [], phrase('step.patching'), [cancelButton(context.action.id)]))
    await context.step('step.patching')
    await context.clusters.restart(connection, target, context.action.id, { signal: context.signal })
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
          title: phrase('restart.done', {
            service: service.name,
            env: target.environment,
            version: before.version,
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
