import type { Deployment, Revision } from '../capabilities/clusters.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalNumber, optionalText, text } from './arguments.ts'
import { failedChange, logsButton, rollbackButton } from './change-answers.ts'
import type { Command, CommandContext } from './command.ts'
import { findService } from './find-target.ts'
import { cancelButton, type FollowedChange, followRollout, progressAnswer } from './follow-rollout.ts'
import { markDeployment } from './mark-deployment.ts'
import { findCommit, type Noted, type Placed, withRecord } from './record-deployment.ts'
import { exampleService, findOwnChange, orderedTarget, serviceSubject } from './service-order.ts'
import { newest, readServing } from './serving.ts'
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
  const found = named ? findNamed(revisions, revision, tag) : earlier.find((each) => each.wasGood)
  if (found) return found
  if (!named) throw new NoxError('not-found', 'no earlier good revision', { forPerson: phrase('rollback.none', words) })
  const versions = [...new Set(earlier.map((each) => each.version))]
    .slice(0, 4)
    .map((version) => ({ kind: 'code', text: version }) as const)
  throw new NoxError('not-found', 'revision is not known', {
    forPerson: phrase('rollback.unknown', {
      ...words,
      version: tag ?? String(revision),
      known:
        versions.length > 0
          ? phrase('rollback.known', { versions: { kind: 'list', items: versions } })
          : phrase('rollback.known.none'),
    }),
  })
}

/** By its number, where that still carries the version that was named with it; else by its version, the newest first. */
function findNamed(revisions: readonly Revision[], revision: number | undefined, tag: string | undefined) {
  const numbered = revisions.find((each) => each.revision === revision)
  if (numbered && (tag === undefined || numbered.version === tag)) return numbered
  return tag === undefined ? undefined : newest(revisions.filter((each) => each.version === tag))
}

async function open(context: CommandContext, args: Arguments) {
  const { service, target } = orderedTarget(context.knowledge, args)
  const connection = await context.connect(target.clusterId)
  return { service, target, connection, ...(await readServing(context, connection, target)) }
}

type Begin = (placed: Placed, find: () => Promise<Noted | null>) => void

async function rollBack(context: CommandContext, args: Arguments, begin: Begin): Promise<FollowedChange> {
  const { service, target, connection, current, served, good, revisions } = await open(context, args)
  const startedAt = context.now()
  const mine = current.lastActionId === context.action.id
  const wanted = mine ? { version: current.version, image: current.image } : pick(args, current, revisions)
  const action = describe(args, wanted.version)
  const environment = target.environment
  const running = phrase('state.running', { action })
  context.progress(progressAnswer(running, [], phrase('step.patching'), [cancelButton(context.action.id)]))
  await context.step('step.patching')
  const placed = { environment, image: wanted.image }
  begin(placed, () => findCommit(context, service.repository, wanted.version, placed))
  const changed = await context.clusters.setImage(connection, target, wanted.image, context.action.id, {
    signal: context.signal,
  })
  await context.step('step.rollout.wait')
  const logs = logsButton(service.name, environment)
  const outcome = await followRollout(
    context,
    connection,
    target,
    {
      running,
      doneSteps: [phrase('step.patch')],
      buttons: [logs],
      image: changed.image,
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
        failedChange(context.action, action, failure, served, state, [
          ...(good.image === wanted.image ? [] : [rollbackButton(service.name, environment, wanted.version, good)]),
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
  return markDeployment(context, outcome, { service: service.name, environment, version: wanted.version })
}

export const rollback: Command = {
  words: rollbackWords,
  theme: 'deploy',
  timeLimitMs: 15 * 60_000,
  example(knowledge) {
    const example = exampleService(knowledge)
    return example && { service: example.service.name, environment: example.environment }
  },
  subject: serviceSubject,
  describe: (args, knowledge) =>
    describe({ ...args, service: findService(knowledge, text(args, 'service'))?.name ?? text(args, 'service') }),
  async preview(context, args) {
    const { connection, current, revisions } = await open(context, args)
    const wanted = pick(args, current, revisions)
    return { before: current.version, after: wanted.version, cluster: connection.cluster.name, pods: current.total }
  },
  run: (context, args) => withRecord(context, (begin) => rollBack(context, args, begin)),
  probe: (context, args) => findOwnChange(context, orderedTarget(context.knowledge, args).target),
}
