import type { Found } from '../capabilities/clusters.ts'
import type { Repositories, Run } from '../capabilities/repositories.ts'
import type { Service } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { CommandContext, Outcome } from './command.ts'
import { missingSource, sourceOf } from './deploy-source.ts'
import { cancelButton, progressAnswer, ringAfterMs } from './follow-rollout.ts'
import { runState } from './runs.ts'

/** A service that its repository's own workflow deploys. */
export type WorkflowService = Service & { readonly repository: string; readonly workflow: string }

/** Has it a repository with a workflow to start, in place of an image to set? */
export const isByWorkflow = (service: Service): service is WorkflowService =>
  service.workflow !== undefined && service.repository !== undefined

/** How often a run is looked at (ms): soon at first, then seldom. */
const soon = 1_000
const seldom = 5_000
const soonFor = 30_000
/** A dispatched run shows up within seconds; nobody waits longer for it (ms). */
const appearsWithin = 60_000
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

/** The run by its number: its title may carry the action's id. */
const runLink = ({ workflow, id, url }: Run) => ({ kind: 'link', url, label: `${workflow} ${id}` }) as const

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })

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
    const ended = await follow(context, repositories, run, action, startedAt)
    return answerOf(context, service, args, ended, action, startedAt)
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

/** The run that the dispatch made: by its number, else the only one that fits. */
async function appear(
  context: CommandContext,
  repositories: Repositories,
  service: WorkflowService,
  known: string | null,
  since: number,
): Promise<Run> {
  const { repository, workflow } = service
  const call = { signal: context.signal }
  const until = context.now() + appearsWithin
  for (;;) {
    if (known !== null) {
      const run = await repositories.run(repository, known, call)
      if (run) return run
    } else {
      const about = { workflow, since, actionId: context.action.id }
      const [run, ...others] = await repositories.findDispatched(repository, about, call)
      if (run && others.length === 0) return run
      if (others.length > 0) throw lost('workflow.several', workflow)
    }
    if (context.now() > until) throw lost('workflow.lost', workflow)
    await wait(soon, context.signal)
  }
}

const lost = (key: 'workflow.several' | 'workflow.lost', workflow: string) =>
  new NoxError('not-found', 'the run of a dispatch cannot be told', { forPerson: phrase(key, { workflow }) })

const isOver = ({ state }: Run) => !['queued', 'running', 'waiting'].includes(state)

async function follow(
  context: CommandContext,
  repositories: Repositories,
  first: Run,
  action: Phrase,
  startedAt: number,
): Promise<Run> {
  let run = first
  while (!isOver(run)) {
    const elapsed = context.now() - startedAt
    const step = phrase('step.workflow', {
      run: runLink(run),
      state: runState(run),
      elapsed: { kind: 'duration', ms: elapsed },
    })
    const started = phrase('step.dispatched.done', { workflow: run.workflow })
    context.progress(
      progressAnswer(phrase('state.running', { action }), [started], step, [cancelButton(context.action.id)]),
    )
    await wait(elapsed < soonFor ? soon : seldom, context.signal)
    run = (await repositories.run(run.repository, run.id, { signal: context.signal })) ?? run
  }
  return run
}

function answerOf(
  context: CommandContext,
  service: WorkflowService,
  args: Arguments,
  run: Run,
  action: Phrase,
  startedAt: number,
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
      answer: { kind: 'outcome', title: phrase('workflow.done', { ...words, version: after }) },
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
