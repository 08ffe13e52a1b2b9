import type { Repositories, Run } from '../capabilities/repositories.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext } from './command.ts'
import { cancelButton, progressAnswer } from './follow-rollout.ts'
import { runState } from './runs.ts'

/** How often a run is looked at (ms): soon at first, then seldom. */
const soon = 1_000
const seldom = 5_000
const soonFor = 30_000
/** A dispatched run shows up within seconds; nobody waits longer for it (ms). */
export const appearsWithin = 60_000

/** The run by its number: its title may carry the action's id. */
export const runLink = ({ workflow, id, url }: Run) => ({ kind: 'link', url, label: `${workflow} ${id}` }) as const

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

/** The run that the dispatch made: by its number, else the only one that fits. */
export async function appear(
  context: CommandContext,
  repositories: Repositories,
  service: { readonly repository: string; readonly workflow: string },
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

/** Has a run come to its end? */
export const isOver = ({ state }: Run) => !['queued', 'running', 'waiting'].includes(state)

/** Follows a run to its end, showing each state. */
export async function followRun(
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
