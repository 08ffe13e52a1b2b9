import type { CallOptions } from '../../capabilities/clusters.ts'
import type { DeploymentState, NotedDeployment } from '../../capabilities/repositories.ts'
import { type GithubClient, partsOf } from './client.ts'

/** Under this name a deployment carries the action that made it. */
const actionKey = 'nox_action'
/** And under this one the image that it brought. */
const imageKey = 'nox_image'

const noted = (payload: unknown, key: string): unknown =>
  typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>)[key] : undefined

/** Notes a deployment at GitHub; the same action never notes two. Gives its id. */
export async function startDeployment(
  { call: send, octokit }: GithubClient,
  repository: string,
  { sha, environment, image, actionId }: NotedDeployment,
  call: CallOptions,
): Promise<string> {
  const where = partsOf(repository)
  const { data: known } = await send(
    (request) => octokit.rest.repos.listDeployments({ ...where, sha, environment, per_page: 30, request }),
    call,
    repository,
  )
  const mine = known.find((each) => noted(each.payload, actionKey) === actionId)
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
        payload: { [actionKey]: actionId, [imageKey]: image },
        description: 'NOX',
        request,
      }),
    call,
    repository,
  )
  return 'id' in data ? String(data.id) : ''
}

/** The commit that an image was last deployed from, among the newest deployments to its environment. */
export async function deployedCommit(
  { call: send, octokit }: GithubClient,
  repository: string,
  { environment, image }: Pick<NotedDeployment, 'environment' | 'image'>,
  call: CallOptions,
): Promise<string | null> {
  const where = { ...partsOf(repository), environment, per_page: 100 }
  const { data } = await send((request) => octokit.rest.repos.listDeployments({ ...where, request }), call, repository)
  return data.find((each) => noted(each.payload, imageKey) === image)?.sha ?? null
}

/** Adds a status; the newest is what GitHub shows. */
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
