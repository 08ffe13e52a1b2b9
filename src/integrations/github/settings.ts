import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { channelIn } from '../../capabilities/hooks.ts'
import { readPeople } from '../../capabilities/people.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { newsOptions, repositoriesProblem, ruleRows } from './news-rules.ts'

/** What an admin enters to connect GitHub: a token, or the installation of a GitHub App. */
export const githubSettings: readonly SettingSpec[] = [
  { name: 'server', kind: 'url', label: 'github.server', hint: 'github.server.hint', optional: true },
  { name: 'token', kind: 'secret', label: 'github.token', hint: 'github.token.hint', optional: true },
  { name: 'appId', kind: 'text', label: 'github.appId', hint: 'github.appId.hint', optional: true },
  { name: 'installationId', kind: 'text', label: 'github.installationId', optional: true },
  {
    name: 'privateKey',
    kind: 'secret',
    label: 'github.privateKey',
    hint: 'github.privateKey.hint',
    optional: true,
    isLong: true,
  },
  { name: 'webhookSecret', kind: 'secret', label: 'hook.secret', hint: 'hook.secret.hint', optional: true },
  { name: 'channel', kind: 'channel', label: 'hook.channel', hint: 'field.channel.hint', optional: true },
  {
    name: 'news',
    kind: 'choices',
    label: 'hook.news',
    optional: true,
    options: newsOptions,
  },
  { name: 'newsOf', kind: 'text', label: 'hook.newsOf', hint: 'hook.newsOf.hint', optional: true },
  { name: 'newsBranches', kind: 'text', label: 'hook.branches', hint: 'hook.branches.hint', optional: true },
  { name: 'moreNews', kind: 'rows', label: 'hook.rules', optional: true, rows: ruleRows },
  { name: 'people', kind: 'lines', label: 'github.people', hint: 'github.people.hint', optional: true },
]

const appFields = ['appId', 'installationId', 'privateKey'] as const
const number = /^\d{1,15}$/
const login = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?$/

/** Either way in, and not both; people one a line. */
export function checkGithub(values: SettingValues): Readonly<Record<string, Phrase>> | null {
  const given = appFields.filter((field) => values[field] !== undefined)
  const hasToken = values.token !== undefined
  if (hasToken ? given.length > 0 : given.length < appFields.length) {
    return {
      [hasToken ? 'token' : (appFields.find((field) => !given.includes(field)) ?? 'token')]: phrase('github.either'),
    }
  }
  for (const field of ['appId', 'installationId'] as const) {
    if (values[field] !== undefined && !number.test(values[field])) return { [field]: phrase('github.number') }
  }
  if (values.privateKey !== undefined && !isPem(values.privateKey)) return { privateKey: phrase('github.pem') }
  if (values.channel !== undefined && channelIn(values.channel) === null) return { channel: phrase('hook.channel.id') }
  const wrongRepositories = repositoriesProblem(values.newsOf ?? '')
  if (wrongRepositories) return { newsOf: wrongRepositories }
  return readLogins(values.people ?? '') === null ? { people: phrase('github.people.line') } : null
}

const isPem = (text: string) =>
  /^-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+-----END [A-Z ]*PRIVATE KEY-----\s*$/.test(text)

/** Logins by the folded name of a person; `null` = a line that is none. */
export const readLogins = (text: string): ReadonlyMap<string, string> | null => readPeople(text, login)

/** The host of a server's pages, as the links of GitHub have it. */
export function webHostOf(server: string | undefined): string {
  if (server === undefined) return 'github.com'
  const { hostname } = new URL(server)
  if (['www.github.com', 'api.github.com'].includes(hostname)) return 'github.com'
  return /^api\.([a-z0-9-]+\.ghe\.com)$/.exec(hostname)?.[1] ?? hostname
}

/** Where the REST API stands: github.com, Enterprise Cloud with data residency (`acme.ghe.com`), or an Enterprise Server. */
export function apiOf(server: string | undefined): string {
  if (server === undefined) return 'https://api.github.com'
  const url = new URL(server)
  if (['github.com', 'www.github.com', 'api.github.com'].includes(url.hostname)) return 'https://api.github.com'
  const [, residency] = /^(?:api\.)?([a-z0-9-]+\.ghe\.com)$/.exec(url.hostname) ?? []
  if (residency !== undefined) return `https://api.${residency}`
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path.endsWith('/api/v3') ? path : `${path}/api/v3`}`
}
