import * as present from './present-work.ts'
import { type Handler, invalid, notFound, ok, page } from './route.ts'

/** GET …/deployments: the newest first, of one commit, ref or environment where the query names them. */
export const listDeployments: Handler = ({ on, request: { query } }, repository) => {
  const fits = (name: 'sha' | 'ref' | 'environment') => (each: { sha: string; ref: string; environment: string }) =>
    query.get(name) === null || query.get(name) === each[name]
  const found = repository.deployments.filter(fits('sha')).filter(fits('ref')).filter(fits('environment')).reverse()
  return ok(page(found, query).map((each) => present.deployment(on, repository, each)))
}

/** POST …/deployments, of a branch, a tag or a commit that is at the end of one. */
export const createDeployment: Handler = ({ on, world, caller, request }, repository) => {
  const body = (request.body ?? {}) as Record<string, unknown>
  if (typeof body.ref !== 'string') return invalid('Invalid request.\n\n"ref" wasn\'t supplied.')
  const sha =
    repository.branches.get(body.ref) ??
    repository.tags.get(body.ref) ??
    [...repository.branches.values(), ...repository.tags.values()].find((each) => each === body.ref)
  if (sha === undefined) return invalid(`No ref found for: ${body.ref}`)
  const made = {
    id: world.nextId(),
    sha,
    ref: body.ref,
    environment: typeof body.environment === 'string' ? body.environment : 'production',
    payload: body.payload ?? {},
    description: typeof body.description === 'string' ? body.description : null,
    creator: caller.login,
    createdAt: on.now,
    statuses: [],
  }
  repository.deployments.push(made)
  return ok(present.deployment(on, repository, made), 201)
}

const states = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

/** POST …/deployments/{id}/statuses, of a state that GitHub knows. */
export const createStatus: Handler = ({ on, world, request }, repository, [id]) => {
  const found = repository.deployments.find((each) => String(each.id) === id)
  if (!found) return notFound()
  const { state } = (request.body ?? {}) as { state?: unknown }
  if (typeof state !== 'string' || !states.includes(state)) return invalid('Validation Failed')
  const status = { id: world.nextId(), state, at: on.now }
  found.statuses.push(status)
  return ok(present.deploymentStatus(on, repository, found, status), 201)
}
