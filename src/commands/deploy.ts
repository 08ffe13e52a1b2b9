import type { Deployment, RolloutFailure } from '../capabilities/clusters.ts'
import type { Answer, Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Knowledge } from './command.ts'
import { findService, serviceTarget } from './find-target.ts'
import { cancelButton, followRollout, progressAnswer } from './follow-rollout.ts'
import { wantedImage } from './image.ts'
import { deployWords } from './words/deploy.ts'

const targetOf = (knowledge: Knowledge, args: Arguments) =>
  serviceTarget(knowledge, text(args, 'service'), text(args, 'environment'), optionalText(args, 'cluster'))

/** What a service runs after `deploy`: its version and image, and where. */
function plan(knowledge: Knowledge, args: Arguments) {
  const { service, target } = targetOf(knowledge, args)
  return { service, target, ...wantedImage(service, args) }
}

function describe(args: Arguments, knowledge: Knowledge): Phrase {
  const service = findService(knowledge, text(args, 'service'))
  const named = optionalText(args, 'tag') ?? optionalText(args, 'sha') ?? optionalText(args, 'branch')
  return phrase('action.deploy', {
    service: service?.name ?? text(args, 'service'),
    version: named ?? service?.defaultBranch ?? '',
    env: text(args, 'environment'),
  })
}

/** The button that goes back to what ran before, with its question. */
export function rollbackButton(service: string, environment: string, current: string, before: Deployment): Button {
  const words = { service, env: environment, current, version: before.version }
  return {
    label: phrase('button.rollback', { version: before.version }),
    does: {
      kind: 'order',
      command: 'rollback',
      args: { service, environment, revision: before.revision },
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
  action: Phrase,
  failure: RolloutFailure,
  before: Deployment,
  state: { ready: number; total: number },
  buttons: readonly Button[],
): Answer {
  const now =
    state.ready > 0
      ? phrase('deploy.now', { before: before.version, ready: state.ready, total: state.total })
      : phrase('deploy.down')
  return {
    kind: 'outcome',
    title: phrase('state.failed', { action }),
    lines: [failure.sentence, now],
    ...(failure.lines.length > 0 ? { output: { lines: failure.lines } } : {}),
    buttons,
    context: [phrase('action.plain', { command: failure.clusterWord })],
  }
}

async function run(context: CommandContext, args: Arguments) {
  const { service, target, version, image } = plan(context.knowledge, args)
  const environment = target.environment
  const action = describe(args, context.knowledge)
  const { signal } = context
  const startedAt = context.now()
  const connection = await context.connect(target.clusterId)
  const current = await context.clusters.deployment(connection, target, { signal })
  const before = context.resumed ? await versionBefore(context, args, current) : current
  if (!context.resumed && current.image === image && current.ready === current.total) {
    const same = phrase('deploy.same', { service: service.name, version, env: environment })
    return { result: 'done', changed: false, answer: { kind: 'outcome', title: same } } as const
  }
  const found = phrase('step.image', { image: image.slice(image.lastIndexOf('/') + 1) })
  const running = (elapsed: number) =>
    phrase('state.running.versions', {
      action,
      before: before.version,
      after: version,
      elapsed: { kind: 'duration', ms: elapsed },
    })
  context.progress(progressAnswer(running(0), [found], phrase('step.patching'), [cancelButton(context.action.id)]))
  await context.step('step.patching')
  await context.clusters.setImage(connection, target, image, context.action.id, { signal })
  await context.step('step.rollout.wait')
  const back = rollbackButton(service.name, environment, version, before)
  const buttons = [logsButton(service.name, environment), back]
  const resumed = context.resumed ? [phrase('step.resumed')] : []
  return followRollout(
    context,
    connection,
    target,
    {
      get running() {
        return running(context.now() - startedAt)
      },
      doneSteps: [...resumed, found, phrase('step.patch')],
      buttons: [back],
      done: (state, elapsed) => ({
        kind: 'outcome',
        title: phrase('deploy.done', {
          service: service.name,
          env: environment,
          before: before.version,
          after: version,
          duration: { kind: 'duration', ms: elapsed },
          ready: state.ready,
          total: state.total,
        }),
        buttons,
      }),
      failed: (failure, state) =>
        failedChange(action, failure, before, state, [back, logsButton(service.name, environment)]),
      ring: phrase('deploy.ring', {
        mention: { kind: 'mention', userId: context.action.userId },
        service: service.name,
        after: version,
        env: environment,
      }),
    },
    startedAt,
  )
}

/** After a restart the Deployment runs the new version already: what ran before is its last good revision. */
async function versionBefore(context: CommandContext, args: Arguments, current: Deployment): Promise<Deployment> {
  const { target } = targetOf(context.knowledge, args)
  const connection = await context.connect(target.clusterId)
  const revisions = await context.clusters.revisions(connection, target, { signal: context.signal })
  const earlier = revisions
    .filter((each) => each.revision < current.revision)
    .sort((a, b) => b.revision - a.revision)[0]
  return earlier ? { ...current, version: earlier.version, image: earlier.image, revision: earlier.revision } : current
}

export const deploy: Command = {
  words: deployWords,
  theme: 'deploy',
  timeLimitMs: 15 * 60_000,
  example: (knowledge) => {
    const service = knowledge.services.find((each) => each.targets.some((target) => target.environment === 'staging'))
    return service ? { service: service.name, branch: service.defaultBranch, environment: 'staging' } : null
  },
  subject: (args) => ({ environment: text(args, 'environment'), resources: [text(args, 'service')] }),
  describe,
  async preview(context, args) {
    const { target, version } = plan(context.knowledge, args)
    const connection = await context.connect(target.clusterId)
    const now = await context.clusters.deployment(connection, target, { signal: context.signal })
    return { before: now.version, after: version, cluster: connection.cluster.name, pods: now.total }
  },
  run,
  async probe(context, args) {
    const { target } = plan(context.knowledge, args)
    const connection = await context.connect(target.clusterId)
    return context.clusters.findChange(connection, target, context.action.id, { signal: context.signal })
  },
}
