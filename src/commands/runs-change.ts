import type { Repositories, Run } from '../capabilities/repositories.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { deploy } from './deploy.ts'
import { findRepository, repositoryOf, repositorySubject } from './find-repository.ts'
import { deploymentOf, refuseDeployment, rerunSince, settleRerun, versionOf } from './rerun-deployment.ts'
import { runLink, runState } from './runs.ts'
import { runsCancelWords } from './words/runs-cancel.ts'
import { runsRerunWords } from './words/runs-rerun.ts'

/** Runs that are looked through for the one that an order means. */
const mostRead = 50
/** Clocks of NOX and the vendor may differ by this (ms). */
const skew = 5_000

const isRunning = ({ state }: Run) => state === 'queued' || state === 'running' || state === 'waiting'

function describe(key: 'action.runs.rerun' | 'action.runs.cancel', args: Arguments, knowledge: Knowledge): Phrase {
  const typed = optionalText(args, 'repository') ?? ''
  const what = findRepository(knowledge, typed)?.name ?? typed
  const id = optionalText(args, 'id')
  return id === undefined ? phrase(key, { what }) : phrase(`${key}.id`, { what, id })
}

function describeRerun(args: Arguments, knowledge: Knowledge): Phrase {
  const order = deploymentOf(args)
  if (!order) return describe('action.runs.rerun', args, knowledge)
  const words = { service: text(order, 'service'), version: versionOf(order) ?? '', env: text(order, 'environment') }
  return phrase('action.runs.rerun.deploys', { id: text(args, 'id'), ...words })
}

/**
 * The run that an order means: the named one, else the newest that fits. Only runs from before the order count, so
 * that it means the same run when it is taken up again after a crash.
 */
async function meantRun(
  context: CommandContext,
  repositories: Repositories,
  args: Arguments,
  fits: (run: Run) => boolean,
): Promise<Run | null> {
  const { repository } = repositoryOf(context.knowledge, args)
  const call = { signal: context.signal }
  const id = optionalText(args, 'id')
  if (id !== undefined) {
    const run = await repositories.run(repository, id, call)
    if (run) return run
    throw new NoxError('not-found', 'unknown run', { forPerson: phrase('runs.unknown', { id, repository }) })
  }
  const branch = optionalText(args, 'branch')
  const filter = { limit: mostRead, ...(branch === undefined ? {} : { branch }) }
  const found = await repositories.runs(repository, filter, call)
  return found.find((run) => run.createdAt <= context.action.createdAt + skew && fits(run)) ?? null
}

/** Did an attempt of this run begin, or a cancellation take place, since the order was given? */
const changedSince = (context: CommandContext, moment: number) => moment >= context.action.createdAt - skew

const nothing = (title: Phrase): Outcome => ({ result: 'done', changed: false, answer: { kind: 'outcome', title } })

const done = (key: 'runs.rerun.done' | 'runs.cancel.done', run: Run, attempt: number): Outcome => ({
  result: 'done',
  changed: true,
  answer: {
    kind: 'outcome',
    title: phrase(key, { run: runLink(run), workflow: run.workflow, branch: run.branch, attempt }),
  },
  details: { run: run.id },
})

const wasRerun = (context: CommandContext, run: Run) => run.attempt > 1 && changedSince(context, run.startedAt)
const wasCancelled = (context: CommandContext, run: Run) =>
  run.state === 'cancelled' && changedSince(context, run.updatedAt)

export const runsRerun: Command = {
  words: runsRerunWords,
  theme: 'ci',
  capability: 'repositories',
  timeLimitMs: 60_000,
  example: () => null,
  subject: repositorySubject,
  describe: describeRerun,
  async settle(context, args) {
    const run = await meantRun(context, await context.provider('repositories'), args, () => true)
    return run && !isRunning(run) ? settleRerun(context, run, args) : null
  },
  standsFor(args) {
    const order = deploymentOf(args)
    return order && { command: deploy, args: order }
  },
  async run(context, args) {
    const repositories = await context.provider('repositories')
    const run = await meantRun(context, repositories, args, () => true)
    const { repository } = repositoryOf(context.knowledge, args)
    if (!run) return nothing(phrase('runs.nothing.rerun', { repository }))
    if (context.resumed && wasRerun(context, run)) return done('runs.rerun.done', run, run.attempt)
    const action = describeRerun(args, context.knowledge)
    const since = rerunSince(run, args, action)
    if (since) return since
    if (isRunning(run)) return nothing(phrase('runs.isRunning'))
    const refused = await refuseDeployment(context, run, args, action)
    if (refused) return refused
    await context.step('step.start')
    await repositories.rerun(run, { signal: context.signal })
    return done('runs.rerun.done', run, run.attempt + 1)
  },
  async probe(context, args) {
    const run = await meantRun(context, await context.provider('repositories'), args, () => true)
    if (!run) return 'not-started'
    return wasRerun(context, run) ? 'done' : 'not-started'
  },
}

export const runsCancel: Command = {
  words: runsCancelWords,
  theme: 'ci',
  capability: 'repositories',
  timeLimitMs: 60_000,
  example: () => null,
  subject: repositorySubject,
  describe: (args, knowledge) => describe('action.runs.cancel', args, knowledge),
  async run(context, args) {
    const repositories = await context.provider('repositories')
    const fits = (run: Run) => isRunning(run) || (context.resumed && wasCancelled(context, run))
    const run = await meantRun(context, repositories, args, fits)
    const { repository } = repositoryOf(context.knowledge, args)
    if (!run) return nothing(phrase('runs.nothing.cancel', { repository }))
    if (context.resumed && wasCancelled(context, run)) return done('runs.cancel.done', run, run.attempt)
    if (!isRunning(run)) return nothing(phrase('runs.notRunning', { state: runState(run) }))
    await context.step('step.start')
    await repositories.cancel(run, { signal: context.signal })
    return done('runs.cancel.done', run, run.attempt)
  },
  async probe(context, args) {
    const fits = (run: Run) => isRunning(run) || wasCancelled(context, run)
    const run = await meantRun(context, await context.provider('repositories'), args, fits)
    return run && wasCancelled(context, run) ? 'done' : 'not-started'
  },
}
