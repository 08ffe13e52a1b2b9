import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'
import { type Caller, missingPermission, refuse } from './access.ts'
import * as present from './present.ts'
import * as work from './present-work.ts'
import {
  type Permissions,
  runStatus,
  type WorkflowSeed,
  type World,
  type WorldRepository,
  type WorldRun,
} from './world.ts'

/** What a route works with. */
export interface RouteContext {
  readonly world: World
  readonly caller: Caller
  readonly request: DoubleRequest
  readonly on: present.Presenter
  readonly onDispatch: (repository: string, inputs: Readonly<Record<string, unknown>>, ms: number) => void
}

type Handler = (context: RouteContext, repository: WorldRepository, parts: readonly string[]) => DoubleAnswer

interface Route {
  readonly method: string
  /** After `/repos/{owner}/{repo}`; `*` = one part. */
  readonly path: string
  readonly needs: readonly [keyof Permissions, 'read' | 'write']
  readonly handle: Handler
}

const ok = (body: unknown, status = 200): DoubleAnswer => ({ status, body })
const notFound = () => refuse(404, 'Not Found')
const invalid = (message: string) => refuse(422, message)

/** One page of a list, by `per_page` (at most 100) and `page`. */
export function page<T>(things: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30) || 30))
  const at = (Math.max(1, Number(query.get('page') ?? 1) || 1) - 1) * size
  return things.slice(at, at + size)
}

const runOf = (repository: WorldRepository, id: string | undefined): WorldRun | undefined =>
  repository.runs.find((run) => String(run.id) === id)

const getBranch: Handler = ({ on }, repository, [name = '']) => {
  const sha = repository.branches.get(name)
  return sha === undefined
    ? refuse(404, 'Branch not found')
    : ok(present.branchWithProtection(on, repository, name, sha))
}

const getCommit: Handler = ({ on }, repository, [ref = '']) => {
  const known = [...repository.branches.values(), ...repository.tags.values(), ...repository.runs.map(({ sha }) => sha)]
  const named =
    /^tags\/(.+)$/.exec(ref)?.[1] === undefined
      ? repository.branches.get(ref.replace(/^heads\//, ''))
      : repository.tags.get(ref.slice('tags/'.length))
  const sha = named ?? (/^[0-9a-f]{4,40}$/.test(ref) ? known.find((each) => each.startsWith(ref)) : undefined)
  return sha === undefined ? invalid(`No commit found for SHA: ${ref}`) : ok(present.commit(on, repository, sha))
}

const listRuns: Handler = ({ on, request: { query } }, repository) => {
  const branch = query.get('branch')
  const event = query.get('event')
  const fits = (run: WorldRun) => (branch === null || run.branch === branch) && (event === null || run.event === event)
  const found = repository.runs.filter(fits).sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
  const runs = page(found, query).map((run) => work.workflowRun(on, repository, run))
  return ok({ total_count: found.length, workflow_runs: runs })
}

const getRun: Handler = ({ on }, repository, [id]) => {
  const run = runOf(repository, id)
  return run ? ok(work.workflowRun(on, repository, run)) : notFound()
}

const rerun =
  (onlyFailed: boolean): Handler =>
  ({ on, caller }, repository, [id]) => {
    const run = runOf(repository, id)
    if (!run) return notFound()
    const { status, conclusion } = runStatus(run, on.now, on.speed)
    if (status !== 'completed') return refuse(403, 'The workflow run containing this job is already running')
    if (onlyFailed && conclusion === 'success') return refuse(403, 'This workflow run has no failed jobs')
    run.cancelledAt = null
    run.attempts.push({ startedAt: on.now, by: caller.login, ends: 'success' })
    return ok({}, 201)
  }

const cancel: Handler = ({ on }, repository, [id]) => {
  const run = runOf(repository, id)
  if (!run) return notFound()
  if (runStatus(run, on.now, on.speed).status === 'completed') {
    return refuse(409, 'Cannot cancel a workflow run that is completed.')
  }
  run.cancelledAt = on.now
  return ok({}, 202)
}

/** The text of a workflow, as it would stand in its repository. */
function workflowText({ name, inputs }: WorkflowSeed): string {
  const lines = Object.entries(inputs).map(([input, required]) => `      ${input}:\n        required: ${required}`)
  const declared = lines.length > 0 ? `\n    inputs:\n${lines.join('\n')}` : ''
  return `name: ${name}\non:\n  push:\n  workflow_dispatch:${declared}\njobs: {}\n`
}

const getContent: Handler = ({ on, request }, repository, [path = '']) => {
  const ref = request.query.get('ref') ?? 'main'
  const file = /^\.github\/workflows\/(.+)$/.exec(path)?.[1]
  const workflow = repository.workflows.find((each) => each.file === file)
  const isKnown = repository.branches.has(ref) || repository.tags.has(ref)
  return workflow && isKnown ? ok(present.contentFile(on, repository, path, workflowText(workflow))) : notFound()
}

const dispatch: Handler = ({ on, world, caller, request, onDispatch }, repository, [file = '']) => {
  const workflow = repository.workflows.find((each) => each.file === file)
  if (!workflow) return notFound()
  const {
    ref,
    inputs = {},
    return_run_details: tells,
  } = (request.body ?? {}) as {
    ref?: unknown
    inputs?: Record<string, unknown>
    return_run_details?: unknown
  }
  if (typeof ref !== 'string') return invalid('Invalid request.\n\n"ref" wasn\'t supplied.')
  const sha = repository.branches.get(ref) ?? repository.tags.get(ref)
  if (sha === undefined) return invalid(`No ref found for: ${ref}`)
  const unexpected = Object.keys(inputs).filter((name) => !(name in workflow.inputs))
  if (unexpected.length > 0) return invalid(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`)
  const lacking = Object.entries(workflow.inputs).find(([name, required]) => required && inputs[name] === undefined)
  if (lacking) return invalid(`Required input '${lacking[0]}' not provided`)
  const run: WorldRun = {
    id: world.nextId(),
    number: repository.runs.length + 1,
    workflow: workflow.name,
    branch: ref,
    sha,
    title: [workflow.name, inputs.environment, inputs.nox_action].filter((each) => each !== undefined).join(' '),
    event: 'workflow_dispatch',
    by: caller.login,
    createdAt: on.now,
    seconds: workflow.seconds ?? 60,
    attempts: [{ startedAt: on.now, by: caller.login, ends: workflow.ends ?? 'success' }],
    cancelledAt: null,
  }
  repository.runs.push(run)
  if (workflow.ends !== 'failure') {
    onDispatch(`${repository.owner}/${repository.name}`, inputs, (run.seconds * 1_000) / on.speed)
  }
  if (world.isOlder || tells !== true) return { status: 204 }
  const shown = work.workflowRun(on, repository, run)
  return ok({ workflow_run_id: run.id, run_url: shown.url, html_url: shown.html_url })
}

const listWorkflowRuns: Handler = ({ on, request: { query } }, repository, [file = '']) => {
  const workflow = repository.workflows.find((each) => each.file === file)
  if (!workflow) return notFound()
  const since = /^>=(.+)$/.exec(query.get('created') ?? '')?.[1]
  const event = query.get('event')
  const found = repository.runs
    .filter((run) => query.get('actor') === null || query.get('actor') === run.by)
    .filter((run) => run.workflow === workflow.name && (event === null || run.event === event))
    .filter((run) => since === undefined || run.createdAt >= Date.parse(since))
    .reverse()
  const runs = page(found, query).map((run) => work.workflowRun(on, repository, run))
  return ok({ total_count: found.length, workflow_runs: runs })
}

/** The newest first; drafts only to who may write. */
const listReleases: Handler = ({ on, world, request: { query } }, repository) => {
  const all = [...repository.releases].sort((a, b) => a.minutesAgo - b.minutesAgo)
  const shown = all.filter(({ isDraft }) => isDraft !== true)
  return ok(page(shown, query).map((each) => work.release(on, repository, each, world.startedAt)))
}

const listPulls: Handler = ({ on, world, request: { query } }, repository) => {
  const state = query.get('state') ?? 'open'
  if (!['open', 'closed', 'all'].includes(state)) return invalid('Validation Failed')
  const found = repository.pulls
    .filter((pull) => state === 'all' || (pull.state === 'open') === (state === 'open'))
    .sort((a, b) => a.minutesAgo - b.minutesAgo)
  return ok(page(found, query).map((pull) => work.pullRequest(on, repository, pull, world.startedAt)))
}

const listDeployments: Handler = ({ on, request: { query } }, repository) => {
  const fits = (name: 'sha' | 'ref' | 'environment') => (each: { sha: string; ref: string; environment: string }) =>
    query.get(name) === null || query.get(name) === each[name]
  const found = repository.deployments.filter(fits('sha')).filter(fits('ref')).filter(fits('environment')).reverse()
  return ok(page(found, query).map((each) => work.deployment(on, repository, each)))
}

const createDeployment: Handler = ({ on, world, caller, request }, repository) => {
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
  return ok(work.deployment(on, repository, made), 201)
}

const states = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

const createStatus: Handler = ({ on, world, request }, repository, [id]) => {
  const found = repository.deployments.find((each) => String(each.id) === id)
  if (!found) return notFound()
  const { state } = (request.body ?? {}) as { state?: unknown }
  if (typeof state !== 'string' || !states.includes(state)) return invalid('Validation Failed')
  const status = { id: world.nextId(), state, at: on.now }
  found.statuses.push(status)
  return ok(work.deploymentStatus(on, repository, found, status), 201)
}

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: 'branches',
    needs: ['contents', 'read'],
    handle: ({ on, request }, repository) =>
      ok(
        page([...repository.branches], request.query).map(([name, sha]) =>
          present.shortBranch(on, repository, name, sha),
        ),
      ),
  },
  { method: 'GET', path: 'branches/*', needs: ['contents', 'read'], handle: getBranch },
  {
    method: 'GET',
    path: 'tags',
    needs: ['contents', 'read'],
    handle: ({ on, request }, repository) =>
      ok(page([...repository.tags], request.query).map(([name, sha]) => present.tag(on, repository, name, sha))),
  },
  { method: 'GET', path: 'commits/*', needs: ['contents', 'read'], handle: getCommit },
  { method: 'GET', path: 'actions/runs', needs: ['actions', 'read'], handle: listRuns },
  { method: 'GET', path: 'actions/runs/*', needs: ['actions', 'read'], handle: getRun },
  { method: 'POST', path: 'actions/runs/*/rerun', needs: ['actions', 'write'], handle: rerun(false) },
  { method: 'POST', path: 'actions/runs/*/rerun-failed-jobs', needs: ['actions', 'write'], handle: rerun(true) },
  { method: 'POST', path: 'actions/runs/*/cancel', needs: ['actions', 'write'], handle: cancel },
  { method: 'GET', path: 'contents/*', needs: ['contents', 'read'], handle: getContent },
  { method: 'POST', path: 'actions/workflows/*/dispatches', needs: ['actions', 'write'], handle: dispatch },
  { method: 'GET', path: 'actions/workflows/*/runs', needs: ['actions', 'read'], handle: listWorkflowRuns },
  { method: 'GET', path: 'pulls', needs: ['pull_requests', 'read'], handle: listPulls },
  { method: 'GET', path: 'releases', needs: ['contents', 'read'], handle: listReleases },
  { method: 'GET', path: 'deployments', needs: ['deployments', 'read'], handle: listDeployments },
  { method: 'POST', path: 'deployments', needs: ['deployments', 'write'], handle: createDeployment },
  { method: 'POST', path: 'deployments/*/statuses', needs: ['deployments', 'write'], handle: createStatus },
]

/** The parts that the stars of a pattern stand for; `null` = the path is another one. */
function match(pattern: string, parts: readonly string[]): readonly string[] | null {
  const wanted = pattern.split('/')
  if (wanted.length !== parts.length) return null
  return wanted.every((each, at) => each === '*' || each === parts[at])
    ? parts.filter((_, at) => wanted[at] === '*')
    : null
}

/** Answers a request below `/repos/{owner}/{repo}`. */
export function serveRepository(
  context: RouteContext,
  owner: string,
  name: string,
  parts: readonly string[],
): DoubleAnswer {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const repository = context.world.repositories.find((each) => same(each.owner, owner) && same(each.name, name))
  if (!repository || context.caller.isApp) return notFound()
  for (const route of routes) {
    const stars = route.method === context.request.method ? match(route.path, parts) : null
    if (!stars) continue
    return missingPermission(context.caller, ...route.needs) ?? route.handle(context, repository, stars)
  }
  return notFound()
}
