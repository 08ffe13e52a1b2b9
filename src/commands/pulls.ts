import type { Pull, PullState } from '../capabilities/repositories.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { exampleRepository, findRepository, fromEach, repositoriesFor, repositorySubject } from './find-repository.ts'
import { pullsWords } from './words/pulls.ts'

/** Lines of one message (the message book, "Length"). */
const shownPulls = 8
/** Pull requests that a repository is asked for. */
const perRepository = 50
const longestTitle = 70

const stateOf = (args: Arguments): PullState => (optionalText(args, 'state') ?? 'open') as PullState

function line(pull: Pull, several: boolean): Phrase {
  const title = pull.title.length <= longestTitle ? pull.title : `${pull.title.slice(0, longestTitle - 1)}…`
  const name = several ? `${pull.repository.split('/')[1] ?? ''}#${pull.number}` : `#${pull.number}`
  return phrase(pull.isDraft ? 'pulls.line.draft' : 'pulls.line', {
    pull: { kind: 'link', url: pull.url, label: `${name} ${title}` },
    author: pull.author,
    ago: { kind: 'time', at: pull.updatedAt, as: 'ago' },
  })
}

function describe(args: Arguments, knowledge: Knowledge): Phrase {
  const typed = optionalText(args, 'repository')
  if (typed !== undefined) return phrase('action.pulls', { what: findRepository(knowledge, typed)?.name ?? typed })
  return phrase(args.mine === true ? 'action.pulls.mine' : 'action.pulls.all')
}

/** Nobody told NOX which login is this person's: without it "mine" means nothing. */
async function unknownLogin(context: CommandContext): Promise<Outcome> {
  const names = await context.admins()
  const lines = names.length > 0 ? [phrase('pulls.noLogin.next', { people: { kind: 'people', names } })] : []
  return { result: 'done', changed: false, answer: { kind: 'list', title: phrase('pulls.noLogin'), lines } }
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const repositories = await context.provider('repositories')
  const isMine = args.mine === true
  const login = isMine ? repositories.loginOf(context.member.name) : null
  if (isMine && login === null) return unknownLogin(context)
  const state = stateOf(args)
  const sources = repositoriesFor(context, 'pulls', args)
  const all = await fromEach(sources, ({ repository }) =>
    repositories.pulls(repository, { state, limit: perRepository }, call),
  )
  const found = all
    .filter((pull) => login === null || pull.author.toLowerCase() === login.toLowerCase())
    .sort((a, b) => b.updatedAt - a.updatedAt)
  if (found.length === 0) {
    return { result: 'done', changed: false, answer: { kind: 'list', title: phrase('pulls.none') } }
  }
  const shown = found.slice(0, shownPulls)
  const several = sources.length > 1
  const which = isMine ? 'mine.' : several ? 'all.' : ''
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title: phrase(`pulls.title.${which}${state}`, { n: found.length, what: sources[0]?.name ?? '' }),
      lines: shown.map((pull) => line(pull, several)),
      ...(found.length > shown.length
        ? { context: [phrase('list.shown', { shown: shown.length, total: found.length })] }
        : {}),
    },
  }
}

export const pulls: Command = {
  words: pullsWords,
  theme: 'ci',
  capability: 'repositories',
  timeLimitMs: 60_000,
  example: exampleRepository,
  subject: repositorySubject,
  describe,
  run,
}
