import type { CallOptions } from './clusters.ts'

/** One repository as its vendor names it: `acme/user-api`. */
export type RepositoryName = string

/** What a branch, tag or commit stands for at this moment. */
export interface ResolvedRef {
  readonly kind: 'branch' | 'tag' | 'sha'
  readonly name: string
  readonly sha: string
  /** When its commit was made, or last put on a branch (ms); `null` = not told. */
  readonly committedAt: number | null
  /** Where people see it. */
  readonly url: string
}

/** A ref as an order names it: one of these. */
export type WantedRef = { readonly branch: string } | { readonly tag: string } | { readonly sha: string }

export type RunState = 'queued' | 'running' | 'success' | 'failure' | 'cancelled' | 'skipped' | 'waiting'

/** A workflow that another one calls. */
export interface CalledWorkflow {
  readonly repository: RepositoryName
  /** `deploy.yml`. */
  readonly file: string
}

/** One run of a CI workflow. */
export interface Run {
  readonly id: string
  readonly repository: RepositoryName
  readonly workflow: string
  /** The file of its workflow: `deploy.yml`; `null` = the vendor does not tell. */
  readonly file: string | null
  /** Workflows that its own calls, directly or through others, wherever they are kept; `null` = the vendor does not tell. */
  readonly calls: readonly CalledWorkflow[] | null
  /** What it ran for: a commit's first line, a pull request's title. */
  readonly title: string
  readonly branch: string
  readonly sha: string
  readonly state: RunState
  readonly attempt: number
  readonly url: string
  readonly by: string
  readonly createdAt: number
  /** When its last attempt began. */
  readonly startedAt: number
  readonly updatedAt: number
}

export type PullState = 'open' | 'merged' | 'closed'

export interface Pull {
  readonly number: number
  readonly repository: RepositoryName
  readonly title: string
  readonly author: string
  readonly branch: string
  readonly isDraft: boolean
  readonly state: PullState
  readonly url: string
  readonly updatedAt: number
}

/** A version that was published. */
export interface Release {
  readonly repository: RepositoryName
  readonly tag: string
  /** What its author called it; may be empty. */
  readonly name: string
  readonly author: string
  readonly isPrerelease: boolean
  readonly publishedAt: number
  readonly url: string
  /** What changed since the release before; `null` = this is the first, or the one before was not read. */
  readonly changesUrl: string | null
  /** What was added since. */
  readonly unreleasedUrl: string
}

export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'inactive'

/** A deployment, as it is noted. */
export interface NotedDeployment {
  readonly sha: string
  readonly environment: string
  readonly image: string
  readonly actionId: string
}

/** A start of a workflow by hand. */
export interface Dispatch {
  /** Its file: `deploy.yml`. */
  readonly workflow: string
  /** A branch or a tag. */
  readonly ref: string
  readonly inputs: Readonly<Record<string, string>>
}

/** Code hosting with its CI. Every call may throw a NoxError whose `forPerson` says what happened. */
export interface Repositories {
  /** `null` = there is no such branch, tag or commit. */
  resolve(repository: RepositoryName, ref: WantedRef, call: CallOptions): Promise<ResolvedRef | null>
  /** Names of branches and tags, to offer the nearest; at most some hundreds. */
  refs(repository: RepositoryName, call: CallOptions): Promise<readonly string[]>
  /** Newest first. */
  runs(
    repository: RepositoryName,
    filter: { readonly branch?: string; readonly limit: number },
    call: CallOptions,
  ): Promise<readonly Run[]>
  /** `null` = there is no such run. */
  run(repository: RepositoryName, id: string, call: CallOptions): Promise<Run | null>
  /** Runs what failed again, or all of it where nothing failed. */
  rerun(run: Run, call: CallOptions): Promise<void>
  cancel(run: Run, call: CallOptions): Promise<void>
  /** Last changed first. */
  pulls(
    repository: RepositoryName,
    filter: { readonly state: PullState; readonly limit: number },
    call: CallOptions,
  ): Promise<readonly Pull[]>
  /** Published ones, the newest first. */
  releases(
    repository: RepositoryName,
    filter: { readonly limit: number },
    call: CallOptions,
  ): Promise<readonly Release[]>
  /** The inputs that a workflow declares for a start by hand; `null` = it cannot be started so. */
  workflowInputs(
    repository: RepositoryName,
    workflow: string,
    ref: string,
    call: CallOptions,
  ): Promise<readonly string[] | null>
  /** Starts a workflow, once; gives the id of its run where the vendor tells it. */
  dispatchWorkflow(repository: RepositoryName, dispatch: Dispatch, call: CallOptions): Promise<string | null>
  /** Runs that were started by hand since a moment; only those that name the action, where any does. */
  findDispatched(
    repository: RepositoryName,
    about: { readonly workflow: string; readonly since: number; readonly actionId: string },
    call: CallOptions,
  ): Promise<readonly Run[]>
  /** The vendor's login of a person, by the name that people see here; `null` = an admin has not told it. */
  loginOf(person: string): string | null
  /** Notes a deployment, once for an action; gives its id. */
  startDeployment(repository: RepositoryName, deployment: NotedDeployment, call: CallOptions): Promise<string>
  /** The commit of the last deployment of an image that was noted so; `null` = none was. */
  deployedCommit(
    repository: RepositoryName,
    placed: Pick<NotedDeployment, 'environment' | 'image'>,
    call: CallOptions,
  ): Promise<string | null>
  setDeploymentState(
    repository: RepositoryName,
    deploymentId: string,
    state: DeploymentState,
    call: CallOptions,
  ): Promise<void>
}
