import type { RestEndpointMethodTypes } from '@octokit/rest'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { CalledWorkflow, Run, RunState } from '../../capabilities/repositories.ts'
import { type GithubClient, partsOf } from './client.ts'
import { statusOf } from './problems.ts'

type GithubRun = RestEndpointMethodTypes['actions']['getWorkflowRun']['response']['data']

const moment = (text: string | null | undefined): number => (text ? Date.parse(text) : 0)

function stateOf({ status, conclusion }: GithubRun): RunState {
  if (status === 'waiting' || status === 'pending') return 'waiting'
  if (status === 'queued' || status === 'requested') return 'queued'
  if (status !== 'completed') return 'running'
  switch (conclusion) {
    case 'success':
      return 'success'
    case 'cancelled':
      return 'cancelled'
    case 'skipped':
    case 'neutral':
    case 'stale':
      return 'skipped'
    case 'action_required':
      return 'waiting'
    default:
      return 'failure'
  }
}

/** GitHub may add the ref that the workflow was read at: `.github/workflows/deploy.yml@main`. */
const fileOf = (path: string | undefined): string | null =>
  path ? (/^\.github\/workflows\/([^/@]+)(?:@.*)?$/.exec(path)?.[1] ?? path) : null

/** `acme/web/.github/workflows/deploy.yml@main`, as GitHub names a workflow that a run calls. */
const calledPath = /^([^/@]+\/[^/@]+)\/\.github\/workflows\/([^/@]+)(?:@.*)?$/

/** `null` = not told, or told in a way that cannot be read: then it may call any. */
function callsOf({ referenced_workflows: called }: GithubRun): readonly CalledWorkflow[] | null {
  if (!Array.isArray(called)) return null
  const read = called.map(({ path }) => calledPath.exec(path))
  if (read.includes(null)) return null
  return read.map((each) => ({ repository: each?.[1] ?? '', file: each?.[2] ?? '' }))
}

/** A run of GitHub Actions as commands see it. */
export function readRun(run: GithubRun, repository: string): Run {
  return {
    id: String(run.id),
    repository,
    workflow: run.name ?? '',
    file: fileOf(run.path),
    calls: callsOf(run),
    title: run.display_title,
    branch: run.head_branch ?? '',
    sha: run.head_sha,
    state: stateOf(run),
    attempt: run.run_attempt ?? 1,
    url: run.html_url,
    by: run.triggering_actor?.login ?? run.actor?.login ?? '',
    createdAt: moment(run.created_at),
    startedAt: moment(run.run_started_at ?? run.created_at),
    updatedAt: moment(run.updated_at),
  }
}

/** The newest runs of a repository, or of one branch of it. */
export async function listRuns(
  { call: send, octokit }: GithubClient,
  repository: string,
  filter: { readonly branch?: string; readonly limit: number },
  call: CallOptions,
): Promise<readonly Run[]> {
  const { branch, limit } = filter
  const where = { ...partsOf(repository), per_page: limit, ...(branch === undefined ? {} : { branch }) }
  const { data } = await send(
    (request) => octokit.rest.actions.listWorkflowRunsForRepo({ ...where, request }),
    call,
    repository,
  )
  return data.workflow_runs.map((run) => readRun(run as GithubRun, repository))
}

/** One run; `null` = the repository has none of this number. */
export async function findRun(
  { call: send, octokit }: GithubClient,
  repository: string,
  id: string,
  call: CallOptions,
): Promise<Run | null> {
  if (!/^\d{1,18}$/.test(id)) return null
  const where = { ...partsOf(repository), run_id: Number(id) }
  return send(
    async (request) => {
      try {
        const { data } = await octokit.rest.actions.getWorkflowRun({ ...where, request })
        return readRun(data, repository)
      } catch (error) {
        if (statusOf(error) === 404) return null
        throw error
      }
    },
    call,
    repository,
  )
}

/** Runs again what failed, or everything where nothing did. */
export async function rerun({ call: send, octokit }: GithubClient, run: Run, call: CallOptions): Promise<void> {
  const where = { ...partsOf(run.repository), run_id: Number(run.id) }
  await send(
    (request) =>
      run.state === 'failure' || run.state === 'cancelled'
        ? octokit.rest.actions.reRunWorkflowFailedJobs({ ...where, request })
        : octokit.rest.actions.reRunWorkflow({ ...where, request }),
    call,
    run.id,
  )
}

/** Asks GitHub to stop a run; it ends some seconds later. */
export async function cancelRun({ call: send, octokit }: GithubClient, run: Run, call: CallOptions): Promise<void> {
  const where = { ...partsOf(run.repository), run_id: Number(run.id) }
  await send((request) => octokit.rest.actions.cancelWorkflowRun({ ...where, request }), call, run.id)
}
