import type { Deployment, Revision } from '../capabilities/clusters.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalNumber, optionalText, text } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { failedChange, logsButton, rollbackButton } from './deploy.ts'
import { findService, serviceTarget } from './find-target.ts'
import { cancelButton, followRollout, progressAnswer } from './follow-rollout.ts'
import { rollbackWords } from './words/rollback.ts'

const describe = (args: Arguments, version?: string): Phrase => {
  const named = version ?? optionalText(args, 'tag')
  const words = { service: text(args, 'service'), env: text(args, 'environment') }
  return named === undefined
    ? phrase('action.rollback.previous', words)
    : phrase('action.rollback', { ...words, version: named })
}

/** The revision that is meant: the named one, or the newest good one before today's. */
function pick(args: Arguments, current: Deployment, revisions: readonly Revision[]): Revision {
  const words = { service: text(args, 'service'), env: text(args, 'environment') }
  const earlier = revisions.filter((each) => each.image !== current.image).sort((a, b) => b.revision - a.revision)
  const revision = optionalNumber(args, 'revision')
  const tag = optionalText(args, 'tag')
  const named = revision !== undefined || tag !== undefined
  const found = named
    ? revisions.find((each) => each.revision === revision || (tag !== undefined && each.version === tag))
    : earlier.find((each) => each.wasGood)
  if (found) return found
  if (!named) throw new NoxError('not-found', 'no earlier good revision', { forPerson: phrase('rollback.none', words) })
  const known = earlier.slice(0, 4).map((each) => each.version)
  throw new NoxError('not-found', 'revision is not known', {
    forPerson: phrase('rollback.unknown', {
      ...words,
      version: tag ?? String(revision),
      known: { kind: 'list', items: known },
    }),
  })
}

async function open(context: CommandContext, args: Arguments) {
  const { service, target } = serviceTarget(context.knowledge, text(args, 'service'), text(args, 'environment'))
  const connection = await context.connect(target.clusterId)
  const current = await context.clusters.deployment(connection, target, { signal: context.signal })
  const revisions = await context.clusters.revisions(connection, target, { signal: context.signal })
  return { service, target, connection, current, revisions }
}

async function run(context: CommandContext, args: Arguments) {
  const { service, target, connection, current, revisions } = await open(context, args)
  const startedAt = context.now()
  const mine = current.lastActionId === context.action.id
  const wanted = mine ? { version: current.version, image: current.image } : pick(args, current, revisions)
  const action = describe(args, wanted.version)
  const environment = target.environment
  const running = phrase('state.running', { action })
  context.progress(progressAnswer(running, [], phrase('step.patching'), [cancelButton(context.action.id)]))
  await context.step('step.patching')
  await context.clusters.setImage(connection, target, wanted.image, context.action.id, { signal: context.signal })
  await context.step('step.rollout.wait')
  const logs = logsButton(service.name, environment)
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
        title: phrase('rollback.done', {
          service: service.name,
          env: environment,
          before: current.version,
          after: wanted.version,
          duration: { kind: 'duration', ms: elapsed },
          ready: state.ready,
          total: state.total,
        }),
        buttons: [logs],
      }),
      failed: (failure, state) =>
        failedChange(action, failure, current, state, [
          rollbackButton(service.name, environment, wanted.version, current),
          logs,
        ]),
      ring: phrase('deploy.ring', {
        mention: { kind: 'mention', userId: context.action.userId },
        service: service.name,
        after: wanted.version,
        env: environment,
      }),
    },
    startedAt,
  )
}

export const rollback: Command = {
  words: rollbackWords,
  theme: 'deploy',
  timeLimitMs: 15 * 60_000,
  example: (knowledge) => {
    const service = knowledge.services[0]
    const environment = service?.targets[0]?.environment
    return service && environment ? { service: service.name, environment } : null
  },
  subject: (args) => ({ environment: text(args, 'environment'), resources: [text(args, 'service')] }),
  describe: (args, knowledge) =>
    describe({ ...args, service: findService(knowledge, text(args, 'service'))?.name ?? text(args, 'service') }),
  async preview(context, args) {
    const { connection, current, revisions } = await open(context, args)
    const wanted = pick(args, current, revisions)
    return { before: current.version, after: wanted.version, cluster: connection.cluster.name, pods: current.total }
  },
  run,
  async probe(context, args) {
    const { target, connection } = await open(context, args)
    return context.clusters.findChange(connection, target, context.action.id, { signal: context.signal })
  },
}
