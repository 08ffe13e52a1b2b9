import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import { failedChange, logsButton, rollbackButton } from './change-answers.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { deployByWorkflow, isByWorkflow, probeWorkflow } from './deploy-by-workflow.ts'
import { missingSource, sourceOf } from './deploy-source.ts'
import { findService } from './find-target.ts'
import { cancelButton, type FollowedChange, followRollout, progressAnswer } from './follow-rollout.ts'
import { wantedImage } from './image.ts'
import { markDeployment } from './mark-deployment.ts'
import { type Placed, withRecord } from './record-deployment.ts'
import { exampleService, findOwnChange, orderedTarget, serviceSubject } from './service-order.ts'
import { readServing } from './serving.ts'
import { deployWords } from './words/deploy.ts'

/** What a service runs after `deploy`: its version and image, and where. */
function plan(knowledge: Knowledge, args: Arguments, commit?: string) {
  const { service, target } = orderedTarget(knowledge, args)
  return { service, target, ...wantedImage(service, args, commit) }
}

function describe(args: Arguments, knowledge: Knowledge): Phrase {
  const service = findService(knowledge, text(args, 'service'))
  const named = optionalText(args, 'tag') ?? optionalText(args, 'sha') ?? optionalText(args, 'branch')
  const where = { service: service?.name ?? text(args, 'service'), env: text(args, 'environment') }
  const version = named ?? service?.defaultBranch
  return version === undefined ? phrase('action.deploy.unknown', where) : phrase('action.deploy', { ...where, version })
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const { service } = orderedTarget(context.knowledge, args)
  const version =
    optionalText(args, 'tag') ?? optionalText(args, 'sha') ?? optionalText(args, 'branch') ?? service.defaultBranch
  const about = { service: service.name, environment: text(args, 'environment'), version }
  return markDeployment(context, await change(context, args), about)
}

async function change(context: CommandContext, args: Arguments): Promise<Outcome> {
  const { service } = orderedTarget(context.knowledge, args)
  if (isByWorkflow(service)) return deployByWorkflow(context, service, args, describe(args, context.knowledge))
  const agreed = context.action.waiting?.facts?.commit
  const sourced = await sourceOf(context, service, args, agreed)
  if (sourced.kind === 'missing' && !context.resumed)
    return missingSource(describe(args, context.knowledge), sourced, args)
  const source = sourced.kind === 'found' ? sourced.source : null
  const note = sourced.kind === 'unknown' && sourced.note ? [sourced.note] : []
  const commit = source ? [{ label: phrase('link.commit'), url: source.ref.url }] : []
  return withRecord(context, async (record) => {
    const outcome = await rollOut(context, args, source?.ref.sha ?? agreed, (placed) => {
      if (source) record(placed, async () => ({ ...source, sha: source.ref.sha }))
    })
    const { answer } = outcome
    return { ...outcome, answer: { ...answer, context: [...(answer.context ?? []), ...commit, ...note] } }
  })
}

async function rollOut(
  context: CommandContext,
  args: Arguments,
  commit: string | undefined,
  begin: (placed: Placed) => void,
): Promise<FollowedChange> {
  const { service, target, version, image } = plan(context.knowledge, args, commit)
  const environment = target.environment
  const action = describe(args, context.knowledge)
  const { signal } = context
  const startedAt = context.now()
  const connection = await context.connect(target.clusterId)
  const { current, served: before, good } = await readServing(context, connection, target)
  if (!context.resumed && good === current && current.image === image && current.ready === current.total) {
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
  begin({ environment, image })
  const changed = await context.clusters.setImage(connection, target, image, context.action.id, { signal })
  await context.step('step.rollout.wait')
  const back = rollbackButton(service.name, environment, version, good)
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
      image: changed.image,
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
        failedChange(context.action, action, failure, before, state, [
          ...(good.image === image ? [] : [back]),
          logsButton(service.name, environment),
        ]),
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

export const deploy: Command = {
  words: deployWords,
  theme: 'deploy',
  timeLimitMs: 15 * 60_000,
  timeLimitOf: (args, knowledge) => {
    const service = findService(knowledge, text(args, 'service'))
    return service && isByWorkflow(service) ? 120 * 60_000 : undefined
  },
  example(knowledge) {
    const { service, environment } = exampleService(knowledge) ?? {}
    return service && environment ? { service: service.name, branch: service.defaultBranch, environment } : null
  },
  subject: serviceSubject,
  describe,
  async check(context, args) {
    const { service } = orderedTarget(context.knowledge, args)
    const sourced = await sourceOf(context, service, args)
    return sourced.kind === 'missing' ? missingSource(describe(args, context.knowledge), sourced, args) : null
  },
  async preview(context, args) {
    const { service } = orderedTarget(context.knowledge, args)
    const sourced = service.imageTemplate.includes('{sha}') ? await sourceOf(context, service, args) : null
    const commit = sourced?.kind === 'found' ? sourced.source.ref.sha : undefined
    const { target, version } = plan(context.knowledge, args, commit)
    const connection = await context.connect(target.clusterId)
    const { served } = await readServing(context, connection, target)
    const where = { cluster: connection.cluster.name, pods: served.total }
    return { before: served.version, after: version, ...where, ...(commit === undefined ? {} : { commit }) }
  },
  run,
  async probe(context, args) {
    const { service, target } = orderedTarget(context.knowledge, args)
    return isByWorkflow(service) ? probeWorkflow(context, service) : findOwnChange(context, target)
  },
}
