import { createHash } from 'node:crypto'

/** What an account may do; absent = nothing. */
export interface Permissions {
  readonly contents?: 'read' | 'write'
  readonly pull_requests?: 'read' | 'write'
  readonly actions?: 'read' | 'write'
  readonly deployments?: 'read' | 'write'
}

/** Someone with a token. */
export interface TokenAccount {
  readonly token: string
  readonly login: string
  readonly permissions: Permissions
  /** A classic token tells its scopes; a fine-grained one does not. */
  readonly scopes?: string
}

/** A GitHub App with one installation. */
export interface AppAccount {
  readonly id: number
  readonly slug: string
  /** PEM. */
  readonly publicKey: string
  readonly installationId: number
  readonly permissions: Permissions
}

export interface PullSeed {
  readonly number: number
  readonly title: string
  readonly author: string
  readonly branch: string
  readonly draft?: boolean
  readonly state: 'open' | 'merged' | 'closed'
  readonly minutesAgo: number
}

export interface RunSeed {
  readonly workflow: string
  readonly branch: string
  readonly title: string
  readonly event?: 'push' | 'pull_request' | 'workflow_dispatch' | 'schedule'
  readonly by: string
  readonly minutesAgo: number
  readonly ends: 'success' | 'failure'
  /** Reusable workflows that it calls: `acme/web/.github/workflows/deploy.yml@main`. */
  readonly calls?: readonly string[]
  /** Seconds that it takes; default 90. */
  readonly seconds?: number
}

export interface ReleaseSeed {
  readonly tag: string
  readonly title: string
  readonly author: string
  readonly minutesAgo: number
  readonly isPrerelease?: boolean
  readonly isDraft?: boolean
}

/** A workflow that can be started by hand. */
export interface WorkflowSeed {
  /** `deploy.yml`. */
  readonly file: string
  readonly name: string
  /** Inputs with whether they are required. */
  readonly inputs: Readonly<Record<string, boolean>>
  readonly ends?: 'success' | 'failure'
  readonly seconds?: number
}

export interface RepositorySeed {
  /** `societe-x/user-api`. */
  readonly name: string
  readonly branches: readonly string[]
  readonly tags: readonly string[]
  readonly pulls: readonly PullSeed[]
  readonly runs: readonly RunSeed[]
  readonly workflows?: readonly WorkflowSeed[]
  readonly releases?: readonly ReleaseSeed[]
}

export interface GithubSeed {
  readonly accounts: readonly TokenAccount[]
  readonly app?: AppAccount
  readonly repositories: readonly RepositorySeed[]
  /** An older Enterprise Server does not tell the run of a dispatch. */
  readonly isOlder?: boolean
}

/** One try of a run. */
export interface Attempt {
  readonly startedAt: number
  readonly by: string
  readonly ends: 'success' | 'failure'
}

export interface WorldRun {
  readonly id: number
  readonly number: number
  readonly workflow: string
  readonly branch: string
  readonly sha: string
  readonly title: string
  readonly event: string
  readonly by: string
  readonly createdAt: number
  readonly seconds: number
  readonly attempts: Attempt[]
  /** Reusable workflows that it calls; absent = none, `null` = an older server, which does not tell. */
  readonly calls?: readonly string[] | null
  cancelledAt: number | null
}

export interface WorldDeployment {
  readonly id: number
  readonly sha: string
  readonly ref: string
  readonly environment: string
  readonly payload: unknown
  readonly description: string | null
  readonly creator: string
  readonly createdAt: number
  readonly statuses: { readonly id: number; readonly state: string; readonly at: number }[]
}

export interface WorldRepository {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly branches: Map<string, string>
  readonly tags: Map<string, string>
  readonly pulls: readonly PullSeed[]
  readonly releases: readonly ReleaseSeed[]
  readonly workflows: readonly WorkflowSeed[]
  readonly runs: WorldRun[]
  readonly deployments: WorldDeployment[]
}

/** Everything that the simulated GitHub holds. */
export interface World {
  readonly repositories: readonly WorldRepository[]
  readonly startedAt: number
  readonly isOlder: boolean
  nextId(): number
}

/** A commit's id, the same at each start. */
export const shaOf = (...parts: readonly string[]): string => createHash('sha1').update(parts.join('\n')).digest('hex')

const mostCommitHours = 40

/** When a commit was made: some hours before the world began, and before the first run on it. */
export function committedAt({ runs }: Pick<WorldRepository, 'runs'>, sha: string, since: number): number {
  const hours = 1 + (Number.parseInt(sha.slice(0, 6), 16) % mostCommitHours)
  const first = Math.min(since, ...runs.filter((run) => run.sha === sha).map(({ createdAt }) => createdAt))
  return first - hours * 3_600_000
}

const firstId = 40_210

/** @param now ms; runs began so many minutes before it, the oldest with the lowest number */
export function createWorld(seed: GithubSeed, now: number): World {
  let id = firstId
  const nextId = () => {
    id += 1
    return id
  }
  const repositories = seed.repositories.map((repository, index): WorldRepository => {
    const [owner = '', name = ''] = repository.name.split('/')
    const shas = (kind: string, names: readonly string[]) =>
      new Map(names.map((each) => [each, shaOf(repository.name, kind, each)]))
    const branches = shas('branch', repository.branches)
    const oldestFirst = [...repository.runs].sort((a, b) => b.minutesAgo - a.minutesAgo)
    const runs = oldestFirst.map((run, at): WorldRun => {
      const createdAt = now - run.minutesAgo * 60_000
      return {
        id: nextId(),
        number: at + 1,
        workflow: run.workflow,
        branch: run.branch,
        sha: branches.get(run.branch) ?? shaOf(repository.name, run.branch),
        title: run.title,
        event: run.event ?? 'push',
        by: run.by,
        createdAt,
        seconds: run.seconds ?? 90,
        attempts: [{ startedAt: createdAt, by: run.by, ends: run.ends }],
        ...(run.calls ? { calls: run.calls } : {}),
        cancelledAt: null,
      }
    })
    return {
      id: 9_000 + index,
      owner,
      name,
      branches,
      tags: shas('tag', repository.tags),
      pulls: repository.pulls,
      releases: repository.releases ?? [],
      workflows: repository.workflows ?? [],
      runs,
      deployments: [],
    }
  })
  return { repositories, startedAt: now, nextId, isOlder: seed.isOlder ?? false }
}

/** Where a run stands at a moment. `speed`: simulated seconds in a real one. */
export function runStatus(
  run: WorldRun,
  now: number,
  speed: number,
): {
  readonly status: 'queued' | 'in_progress' | 'completed'
  readonly conclusion: string | null
  readonly at: number
} {
  const attempt = run.attempts.at(-1)
  const startedAt = attempt?.startedAt ?? run.createdAt
  const begins = startedAt + 2_000 / speed
  const ends = startedAt + (run.seconds * 1_000) / speed
  if (run.cancelledAt !== null) return { status: 'completed', conclusion: 'cancelled', at: run.cancelledAt }
  if (now < begins) return { status: 'queued', conclusion: null, at: startedAt }
  if (now < ends) return { status: 'in_progress', conclusion: null, at: begins }
  return { status: 'completed', conclusion: attempt?.ends ?? 'success', at: ends }
}
