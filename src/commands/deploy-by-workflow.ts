import type { Found } from '../capabilities/clusters.ts'
import type { Repositories, Run } from '../capabilities/repositories.ts'
import type { Service } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { CommandContext, Outcome } from './command.ts'
import { missingSource, sourceOf } from './deploy-source.ts'
import { progressAnswer, ringAfterMs } from './follow-rollout.ts'
import { appear, appearsWithin, followRun, isOver, runLink } from './follow-workflow-run.ts'
import { overtakenRun } from './overtaken-run.ts'
import { runState } from './runs.ts'

/** A service that its repository's own workflow deploys. */
export type WorkflowService = Service & { readonly repository: string; readonly workflow: string }

/** Has it a repository with a workflow to start, in place of an image to set? */
export const isByWorkflow = (service: Service): service is WorkflowService =>
  service.workflow !== undefined && service.repository !== undefined

/** What stopping a run may take (ms). */
const cancelPatience = 10_000

/** The branch or tag that the workflow runs on: a commit alone has none. */
const refOf = (service: Service, args: Arguments): string =>
  optionalText(args, 'tag') ?? optionalText(args, 'branch') ?? service.defaultBranch

/** What was ordered, for the audit: a rerun of this run is a deployment of the same. */
function versionOf(args: Arguments, service: Service): Readonly<Record<string, string>> {
  const tag = optionalText(args, 'tag')
  if (tag !== undefined) return { tag }
  const sha = optionalText(args, 'sha')
  return { branch: refOf(service, args), ...(sha === undefined ? {} : { sha }) }
}

/** Starts the service's workflow and follows its run to the end. */
export async function deployByWorkflow(
  context: CommandContext,
  service: WorkflowService,
  args: Arguments,
  action: Phrase,
): Promise<Outcome> {
  const repositories = await context.provider('repositories')
  const startedAt = context.action.startedAt ?? context.now()
  let known: string | null = null
  if (!context.resumed) {
    const sourced = await sourceOf(context, service, args)
    if (sourced.kind === 'missing') return missingSource(action, sourced, args)
    const sha = sourced.kind === 'found' ? sourced.source.ref.sha : undefined
    const inputs = await inputsOf(context, repositories, service, args, sha)
    const starting = phrase('step.dispatching', { workflow: service.workflow })
    context.progress(progressAnswer(phrase('state.running', { action }), [], starting))
    await context.step('step.dispatched')
    const dispatch = { workflow: service.workflow, ref: refOf(service, args), inputs }
    known = await repositories.dispatchWorkflow(service.repository, dispatch, { signal: context.signal })
  }
  const run = await appear(context, repositories, service, known, startedAt)
  try {
    const ended = await followRun(context, repositories, run, action, startedAt)
    const { replaced, late } = await overtakenRun(context, service, args, ended, action)
    return replaced ?? answerOf(context, service, args, ended, action, startedAt, late)
  } catch (error) {
    const { why, userId } = (context.signal.aborted ? context.signal.reason : {}) as { why?: string; userId?: string }
    if (why !== 'cancel') throw error
    await repositories.cancel(run, { signal: AbortSignal.timeout(cancelPatience) })
    const person = await context.nameOf(userId ?? context.action.userId)
    const title = phrase('workflow.cancelled', { action, person, run: runLink(run) })
    return {
      result: 'cancelled',
      changed: true,
      answer: { kind: 'outcome', title },
      details: { run: run.id, ...versionOf(args, service) },
    }
  }
}

/** What the workflow is told: of all that NOX knows, what it declares. */
async function inputsOf(
  context: CommandContext,
  repositories: Repositories,
  service: WorkflowService,
  args: Arguments,
  sha: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const { repository, workflow } = service
  const ref = refOf(service, args)
  const declared = await repositories.workflowInputs(repository, workflow, ref, { signal: context.signal })
  if (declared === null) {
    throw new NoxError('not-found', 'no such workflow', { forPerson: phrase('workflow.none', { workflow, ref }) })
  }
  const commit = optionalText(args, 'sha')
  const takesCommit = ['version', 'ref', 'sha'].some((name) => declared.includes(name))
  if (commit !== undefined && !takesCommit) {
    throw new NoxError('bad-input', 'the workflow takes no commit', {
      forPerson: phrase('workflow.noCommit', { workflow }),
    })
  }
  const version = optionalText(args, 'tag') ?? commit ?? ref
  const known: Readonly<Record<string, string | undefined>> = {
    environment: text(args, 'environment'),
    service: service.name,
    version,
    ref: commit ?? ref,
    tag: optionalText(args, 'tag'),
    sha: sha ?? commit,
    nox_action: context.action.id,
  }
  const given = Object.entries(known).filter((each): each is [string, string] => each[1] !== undefined)
  return Object.fromEntries(given.filter(([name]) => declared.includes(name)))
}

function answerOf(
  context: CommandContext,
  service: WorkflowService,
  args: Arguments,
  run: Run,
  action: Phrase,
  startedAt: number,
  late: Phrase | undefined,
): Outcome {
  const ms = context.now() - startedAt
  const mention = { kind: 'mention', userId: context.action.userId } as const
  const rings = ms > ringAfterMs
  if (run.state === 'success') {
    const env = text(args, 'environment')
    const words = { service: service.name, env, run: runLink(run), duration: { kind: 'duration', ms } as const }
    const after = optionalText(args, 'tag') ?? optionalText(args, 'sha') ?? refOf(service, args)
    return {
      result: 'done',
      changed: true,
      answer: {
        kind: 'outcome',
        title: phrase('workflow.done', { ...words, version: after }),
        ...(late ? { lines: [late] } : {}),
      },
      details: { run: run.id, ...versionOf(args, service) },
      ...(rings ? { ring: phrase('deploy.ring', { mention, service: service.name, after, env }) } : {}),
    }
  }
  const again = { repository: service.name, id: run.id }
  return {
    result: run.state === 'cancelled' ? 'cancelled' : 'failed',
    changed: true,
    answer: {
      kind: 'outcome',
      title: phrase('state.failed', { action }),
      lines: [phrase('workflow.failed', { run: runLink(run), state: runState(run) })],
      buttons: [{ label: phrase('button.rerun'), does: { kind: 'order', command: 'runs.rerun', args: again } }],
    },
    details: { run: run.id, ...versionOf(args, service), reason: 'workflow' },
    ring: phrase('state.failed', { action }),
  }
}

/** After a crash: did the dispatch of this action arrive? Where it cannot be told, people decide. */
export async function probeWorkflow(context: CommandContext, service: WorkflowService): Promise<Found> {
  const repositories = await context.provider('repositories')
  const since = context.action.startedAt ?? context.action.createdAt
  const about = { workflow: service.workflow, since, actionId: context.action.id }
  const [run, ...others] = await repositories.findDispatched(service.repository, about, { signal: context.signal })
  if (run && others.length === 0) return isOver(run) ? 'done' : 'in-progress'
  return !run && context.now() - since > appearsWithin ? 'not-started' : 'unknown'
}
