import type { Release } from '../capabilities/repositories.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { exampleRepository, findRepository, fromEach, repositoriesFor, repositorySubject } from './find-repository.ts'
import { releasesWords } from './words/releases.ts'

/** Lines of one message (the message book, "Length"). */
const shownReleases = 8
const longestTitle = 70

const cut = (text: string) => (text.length <= longestTitle ? text : `${text.slice(0, longestTitle - 1)}…`)

/** `v2.3.1…v2.4.0`, as a comparison's address says it. */
const rangeOf = (url: string) => decodeURIComponent(url.replace(/^.*\/compare\//, '')).replace('...', '…')

const isLatest = (args: Arguments): boolean => args.latest === true

/** What people call it: its tag, and its name where that says more. */
const labelOf = ({ tag, name }: Release) => cut(name === '' || name === tag ? tag : `${tag} ${name}`)

function line(release: Release, several: boolean): Phrase {
  const { repository, url, author, publishedAt, changesUrl } = release
  const own = labelOf(release)
  const label = several ? `${repository.split('/')[1] ?? ''} ${own}` : own
  const facts = {
    release: { kind: 'link', url, label } as const,
    author,
    ago: { kind: 'time', at: publishedAt, as: 'ago' } as const,
  }
  const key = release.isPrerelease ? 'releases.line.pre' : 'releases.line'
  return changesUrl === null
    ? phrase(key, facts)
    : phrase(`${key}.changes`, { ...facts, changes: { kind: 'link', url: changesUrl, label: rangeOf(changesUrl) } })
}

function describe(args: Arguments, knowledge: Knowledge): Phrase {
  const typed = optionalText(args, 'repository')
  if (typed === undefined) return phrase('action.releases.all')
  const what = findRepository(knowledge, typed)?.name ?? typed
  return phrase(isLatest(args) ? 'action.releases.latest' : 'action.releases', { what })
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const call = { signal: context.signal }
  const repositories = await context.provider('repositories')
  const sources = repositoriesFor(context, 'releases', args)
  const several = sources.length > 1
  // Of many repositories the last of each says most; of one, all that fit.
  const latest = isLatest(args)
  const found = await fromEach(sources, async ({ repository }) => {
    const releases = await repositories.releases(repository, { limit: several || latest ? 2 : shownReleases }, call)
    if (!several && !latest) return releases
    const full = releases.find(({ isPrerelease }) => !isPrerelease) ?? releases[0]
    return full ? [full] : []
  })
  const what = sources[0]?.name ?? ''
  if (found.length === 0) {
    const title = several || what === '' ? phrase('releases.none.all') : phrase('releases.none', { what })
    return { result: 'done', changed: false, answer: { kind: 'list', title } }
  }
  const shown = [...found].sort((a, b) => b.publishedAt - a.publishedAt).slice(0, shownReleases)
  const key = several ? 'releases.title.all' : latest ? 'releases.title.latest' : 'releases.title'
  const [first] = shown
  const since =
    latest && !several && first
      ? [
          phrase('releases.since', {
            unreleased: { kind: 'link', url: first.unreleasedUrl, label: `${first.tag}…HEAD` },
          }),
        ]
      : []
  const more = found.length > shown.length ? [phrase('list.shown', { shown: shown.length, total: found.length })] : []
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title: phrase(key, { what }),
      lines: [...shown.map((release) => line(release, several)), ...since],
      ...(more.length > 0 ? { context: more } : {}),
    },
  }
}

export const releases: Command = {
  words: releasesWords,
  theme: 'ci',
  capability: 'repositories',
  timeLimitMs: 60_000,
  example: exampleRepository,
  subject: repositorySubject,
  describe,
  run,
}
