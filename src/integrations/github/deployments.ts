import type { CallOptions } from '../../capabilities/clusters.ts'
import type { DeploymentState } from '../../capabilities/repositories.ts'
import { type GithubClient, partsOf } from './client.ts'

/** Under this name a deployment carries the action that made it. */
const actionKey = 'nox_action'

const actionOf = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>)[actionKey] : undefined

/** Notes a deployment at GitHub; the same action never notes two. Gives its id. */
export async function startDeployment(
  { call: send, octokit }: GithubClient,
  repository: string,
  { sha, environment, actionId }: { readonly sha: string; readonly environment: string; readonly actionId: string },
  call: CallOptions,
): Promise<string> {
  const where = partsOf(repository)
  const { data: known } = await send(
    (request) => octokit.rest.repos.listDeployments({ ...where, sha, environment, per_page: 30, request }),
    call,
    repository,
  )
  const mine = known.find((each) => actionOf(each.payload) === actionId)
  if (mine) return String(mine.id)
  const { data } = await send(
    (request) =>
      octokit.rest.repos.createDeployment({
        ...where,
        ref: sha,
        environment,
        auto_merge: false,
        // What may be deployed is decided by NOX's own rules.
        required_contexts: [],
        production_environment: environment === 'production',
        payload: { [actionKey]: actionId },
        description: 'NOX',
        request,
      }),
    call,
    repository,
  )
  return 'id' in data ? String(data.id) : ''
}

export async function setDeploymentState(
  { call: send, octokit }: GithubClient,
  repository: string,
  deploymentId: string,
  state: DeploymentState,
  call: CallOptions,
): Promise<void> {
  const where = { ...partsOf(repository), deployment_id: Number(deploymentId) }
  await send((request) => octokit.rest.repos.createDeploymentStatus({ ...where, state, request }), call, repository)
}
