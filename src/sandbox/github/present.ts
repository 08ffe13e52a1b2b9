import { shaOf, type WorldRepository } from './world.ts'

/** How GitHub writes what it holds: addresses from `api`, and from `web` for people. */
export interface Presenter {
  readonly api: string
  readonly web: string
  readonly now: number
  /** When this world began. */
  readonly since: number
  readonly speed: number
}

/** Without milliseconds, as GitHub writes a time. */
export const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
/** A number that is the same in every run, 24 bits long. */
export const idOf = (name: string) => Number.parseInt(shaOf(name).slice(0, 6), 16)
/** An id of GraphQL, which nobody reads. */
export const nodeId = (text: string) => Buffer.from(text).toString('base64')

/** A person or, with `[bot]` at the end of the login, an App. */
export function user({ api, web }: Presenter, login: string) {
  const isBot = login.endsWith('[bot]')
  const own = `${api}/users/${login}`
  return {
    login,
    id: idOf(login),
    node_id: nodeId(`User ${login}`),
    avatar_url: `${web}/${login}.png`,
    gravatar_id: '',
    url: own,
    html_url: `${web}/${login}`,
    followers_url: `${own}/followers`,
    following_url: `${own}/following{/other_user}`,
    gists_url: `${own}/gists{/gist_id}`,
    starred_url: `${own}/starred{/owner}{/repo}`,
    subscriptions_url: `${own}/subscriptions`,
    organizations_url: `${own}/orgs`,
    repos_url: `${own}/repos`,
    events_url: `${own}/events{/privacy}`,
    received_events_url: `${own}/received_events`,
    type: isBot ? 'Bot' : 'User',
    site_admin: false,
  }
}

/** The user that a token belongs to, as `GET /user` tells it. */
export function self(on: Presenter, login: string) {
  return {
    ...user(on, login),
    name: login,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  }
}

const repositoryLinks = [
  'archive',
  'assignees',
  'blobs',
  'branches',
  'collaborators',
  'comments',
  'commits',
  'compare',
  'contents',
  'contributors',
  'deployments',
  'downloads',
  'events',
  'forks',
  'git_commits',
  'git_refs',
  'git_tags',
  'issue_comment',
  'issue_events',
  'issues',
  'keys',
  'labels',
  'languages',
  'merges',
  'milestones',
  'notifications',
  'pulls',
  'releases',
  'stargazers',
  'statuses',
  'subscribers',
  'subscription',
  'tags',
  'teams',
  'trees',
  'hooks',
] as const

/** Where the API has it. */
export const repositoryUrl = ({ api }: Presenter, { owner, name }: WorldRepository) => `${api}/repos/${owner}/${name}`
/** Where people read it. */
export const webUrl = ({ web }: Presenter, { owner, name }: WorldRepository) => `${web}/${owner}/${name}`

/** As it stands inside other objects. */
export function minimalRepository(on: Presenter, repository: WorldRepository) {
  const url = repositoryUrl(on, repository)
  const links = Object.fromEntries(repositoryLinks.map((name) => [`${name}_url`, `${url}/${name}`]))
  return {
    id: repository.id,
    node_id: nodeId(`Repository ${repository.id}`),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    owner: user(on, repository.owner),
    private: true,
    html_url: webUrl(on, repository),
    description: null,
    fork: false,
    url,
    ...links,
  }
}

/** A repository inside a pull request: more of it than elsewhere. */
export function fullRepository(on: Presenter, repository: WorldRepository) {
  const web = webUrl(on, repository)
  return {
    ...minimalRepository(on, repository),
    license: null,
    git_url: `${web.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@github.com:${repository.owner}/${repository.name}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
    homepage: null,
    language: 'TypeScript',
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    size: 1_024,
    default_branch: 'main',
    open_issues: repository.pulls.filter(({ state }) => state === 'open').length,
    open_issues_count: repository.pulls.filter(({ state }) => state === 'open').length,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    archived: false,
    disabled: false,
    pushed_at: iso(on.now),
    created_at: '2024-01-01T00:00:00Z',
    updated_at: iso(on.now),
  }
}

/** A repository as lists of one's own tell it. */
export function repository(on: Presenter, world: WorldRepository) {
  const pushedAt = iso(on.since)
  return {
    ...minimalRepository(on, world),
    clone_url: `${webUrl(on, world)}.git`,
    git_url: `git://${world.owner}/${world.name}.git`,
    ssh_url: `git@server:${world.owner}/${world.name}.git`,
    svn_url: webUrl(on, world),
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: 'main',
    has_downloads: true,
    has_issues: true,
    has_pages: false,
    has_projects: true,
    has_wiki: true,
    archived: false,
    disabled: false,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    pushed_at: pushedAt,
    created_at: pushedAt,
    updated_at: pushedAt,
  }
}
