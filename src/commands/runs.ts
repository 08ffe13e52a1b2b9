import type { Run } from '../capabilities/repositories.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { exampleRepository, findRepository, fromEach, repositoriesFor, repositorySubject } from './find-repository.ts'
import { runsWords } from './words/runs.ts'

/** Lines of one message (the message book, "Length"). */
const shownRuns = 8
/** Runs that each of several repositories is asked for. */
const perRepository = 5
const longestTitle = 60

const cut = (text: string, limit: number) => (text.length <= limit ? text : `${text.slice(0, limit - 1)}…`)

/** A run as people find it again: its workflow, number and title, leading there. */
export const runLink = (run: Run): Value => ({
  kind: 'link',
  url: run.url,
  label: `${run.workflow} ${run.id} · ${cut(run.title, longestTitle)}`,
})

/** The state of a run in words. */
export const runState = (run: Run): Phrase => phrase(`run.state.${run.state}`)

const line = (run: Run, several: boolean): Phrase =>
  phrase(several ? 'runs.line.of' : 'runs.line', {
    state: runState(run),
    run: runLink(run),
    branch: run.branch,
    repository: run.repository.split('/')[1] ?? run.repository,
    ago: { kind: 'time', at: run.startedAt, as: 'ago' },
  })

function describe(args: Arguments, knowledge: Knowledge): Phrase {
  const typed = optionalText(args, 'repository')
  if (typed === undefined) return phrase('action.runs.all')
  return phrase('action.runs', { what: findRepository(knowledge, typed)?.name ?? typed })
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const repositories = await context.provider('repositories')
  const sources = repositoriesFor(context, 'runs', args)
  const branch = optionalText(args, 'branch')
  const id = optionalText(args, 'id')
  const several = sources.length > 1
  const limit = several ? perRepository : shownRuns
  const found = await fromEach(sources, async ({ repository }) => {
    if (id === undefined) {
      return repositories.runs(repository, { limit, ...(branch === undefined ? {} : { branch }) }, call)
    }
    const one = await repositories.run(repository, id, call)
    return one ? [one] : []
  })
  const shown = [...found].sort((a, b) => b.startedAt - a.startedAt).slice(0, shownRuns)
  const [what] = sources
  const words = { n: shown.length, what: what?.name ?? '' }
  if (shown.length === 0) {
    const title =
      id !== undefined && what
        ? phrase('runs.unknown', { id, repository: what.repository })
        : phrase(several ? 'runs.none.all' : 'runs.none', words)
    return { result: 'done', changed: false, answer: { kind: 'list', title } }
  }
  const title = phrase(several ? 'runs.title.all' : 'runs.title', words)
  const lines = shown.map((each) => line(each, several))
  return {
    result: 'done',
    changed: false,
    answer: { kind: 'list', title, lines, buttons: rerunButtons(shown, what?.name, several) },
  }
}

/** The newest run, where it failed: to be run again. */
function rerunButtons(shown: readonly Run[], name: string | undefined, several: boolean) {
  const [newest] = shown
  if (several || name === undefined || newest?.state !== 'failure') return []
  const args = { repository: name, id: newest.id }
  return [{ label: phrase('button.rerun'), does: { kind: 'order', command: 'runs.rerun', args } }] as const
}

export const runs: Command = {
  words: runsWords,
  theme: 'ci',
  capability: 'repositories',
  timeLimitMs: 60_000,
  example: exampleRepository,
  subject: repositorySubject,
  describe,
  run,
}
