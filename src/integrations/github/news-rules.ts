import type { SettingRows, SettingValues } from '../../capabilities/connectors.ts'
import { channelIn } from '../../capabilities/hooks.ts'
import { foldName } from '../../capabilities/people.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { plainPhrase } from '../../texts/render.ts'

/** What can be told in a channel. */
export const githubNews = ['builds-failed', 'builds-passed', 'pulls-opened', 'pulls-merged', 'releases'] as const
export type GithubNews = (typeof githubNews)[number]

/** News that a channel hears. Empty patterns = of every repository, of every branch. */
export interface NewsRule {
  /** The id of a conversation of Slack. */
  readonly channel: string
  readonly news: readonly GithubNews[]
  /** `acme/web`, `acme/` for all of acme, `acme/web-*`. */
  readonly repositories: readonly string[]
  /** `main`, `release/` for all below; of a pull request the one that it goes into. */
  readonly branches: readonly string[]
}

/** Something that happened, as rules look at it; releases are of no branch. */
export interface Happening {
  readonly news: GithubNews
  readonly repository: string
  readonly branch?: string
}

/** Rules of one connection. */
const mostRules = 20
/** Rules that Home shows; the form has all of them. */
const shownRules = 8
const repositoryPattern = /^[\w.-]{1,100}\/(\*?|[\w.-]{1,100}\*?)$/
const branchPattern = /^[^\s,;*]{0,200}\*?$/

/** The kinds of news, as a menu offers them. */
export const newsOptions = githubNews.map((value) => ({ value, label: `hook.news.${value}` as const }))

const isNews = (text: string): text is GithubNews => githubNews.some((each) => each === text)
const patternsIn = (text = '') => text.split(/[\s,]+/).filter((each) => each !== '' && each !== '*')

/** A kind of news by its name in either language, as the form shows it, or by its id. */
function newsNamed(text: string): GithubNews | undefined {
  const folded = foldName(text)
  return githubNews.find((each) => {
    const label = phrase(`hook.news.${each}`)
    return [each, plainPhrase(label, 'fr'), plainPhrase(label, 'en')].some((name) => foldName(name) === folded)
  })
}

/** One line of the form: `channel = news; repositories; branches`. `null` = it is none. */
function readLine(line: string): NewsRule | null {
  const [, where = '', what = ''] = /^([^=]+)=(.+)$/.exec(line) ?? []
  const channel = channelIn(where.trim())
  const [kinds = '', repositoriesText, branchesText, ...more] = what.split(';')
  const news = kinds.split(',').map(newsNamed)
  const repositories = patternsIn(repositoriesText)
  const branches = patternsIn(branchesText)
  const isRule =
    channel !== null &&
    more.length === 0 &&
    repositories.every((each) => repositoryPattern.test(each)) &&
    branches.every((each) => branchPattern.test(each))
  if (!isRule || !news.every((each) => each !== undefined)) return null
  return { channel, news, repositories, branches }
}

const linesOf = (text = '') => text.split('\n').filter((line) => line.trim() !== '')

/** Channels beside the first, as rows of a form; they are stored as a line each. */
export const ruleRows: SettingRows = {
  most: mostRules,
  fields: [
    { name: 'channel', kind: 'channel', label: 'hook.channel', hint: 'field.channel.hint', optional: true },
    { name: 'news', kind: 'choices', label: 'hook.news', optional: true, options: newsOptions },
    { name: 'newsOf', kind: 'text', label: 'hook.newsOf', optional: true },
    { name: 'newsBranches', kind: 'text', label: 'hook.branches', optional: true },
  ],
  read: (text) =>
    linesOf(text)
      .map(readLine)
      .filter((rule) => rule !== null)
      .map(({ channel, news, repositories, branches }) => ({
        channel,
        news: news.join(','),
        newsOf: repositories.join(', '),
        newsBranches: branches.join(', '),
      })),
  write: (rows) =>
    rows
      .map(({ channel = '', news = '', newsOf = '', newsBranches = '' }) =>
        [`${channel} = ${news}`, newsOf, newsBranches].join('; '),
      )
      .join('\n'),
  check({ channel = '', news = '', newsOf = '', newsBranches = '' }) {
    if (channelIn(channel) === null) return { channel: phrase(channel === '' ? 'form.required' : 'hook.channel.id') }
    if (news === '') return { news: phrase('form.required') }
    const wrong = repositoriesProblem(newsOf)
    if (wrong) return { newsOf: wrong }
    const areBranches = patternsIn(newsBranches).every((each) => branchPattern.test(each))
    return areBranches ? null : { newsBranches: phrase('hook.branches.hint') }
  },
}

/** What is wrong with repositories that are typed alone; `null` = nothing. */
export const repositoriesProblem = (text: string): Phrase | null =>
  patternsIn(text).every((each) => repositoryPattern.test(each)) ? null : phrase('hook.newsOf.hint')

/** All rules of a connection: that of the form's fields first, then its lines. */
export function rulesOf(settings: SettingValues): readonly NewsRule[] {
  const channel = channelIn(settings.channel ?? '')
  const news = (settings.news ?? '').split(',').filter(isNews)
  const branches = patternsIn(settings.newsBranches)
  const first = channel === null ? null : { channel, news, repositories: patternsIn(settings.newsOf), branches }
  const others = linesOf(settings.moreNews).map(readLine)
  return [first, ...others].filter((each) => each !== null).filter((each) => each.news.length > 0)
}

const fits = (pattern: string, text: string) =>
  /[*/]$/.test(pattern) ? text.startsWith(pattern.replace(/\*$/, '')) : text === pattern
const among = (patterns: readonly string[], text: string) =>
  patterns.length === 0 || patterns.some((each) => fits(each, text))

/** Channels that hear of it, each once. */
export function channelsFor(rules: readonly NewsRule[], { news, repository, branch }: Happening): readonly string[] {
  const name = repository.toLowerCase()
  const told = rules.filter(
    (rule) =>
      rule.news.includes(news) &&
      among(
        rule.repositories.map((each) => each.toLowerCase()),
        name,
      ) &&
      (branch === undefined || among(rule.branches, branch)),
  )
  return [...new Set(told.map(({ channel }) => channel))]
}

/** The rules as Home shows them: `#dev: failed builds, releases · acme/web · main`. */
export function sayRules(settings: SettingValues): readonly Phrase[] {
  const rules = rulesOf(settings)
  const shown = rules.slice(0, shownRules).map(({ channel, news, repositories, branches }) => {
    const facts = {
      channel: { kind: 'conversation', id: channel },
      news: { kind: 'list', items: news.map((each) => phrase(`hook.news.${each}`)) },
      repositories:
        repositories.length === 0
          ? phrase('hook.rule.all')
          : ({ kind: 'code', text: repositories.join(', ') } as const),
    } as const
    return branches.length === 0
      ? phrase('hook.rule', facts)
      : phrase('hook.rule.branches', { ...facts, branches: { kind: 'code', text: branches.join(', ') } })
  })
  return rules.length > shownRules ? [...shown, phrase('hook.rule.more', { n: rules.length - shownRules })] : shown
}
