import { refuse } from './access.ts'
import { workflowRun } from './present-work.ts'
import { type Handler, invalid, notFound, ok, page } from './route.ts'
import { runStatus, type WorldRepository, type WorldRun } from './world.ts'

const runOf = (repository: WorldRepository, id: string | undefined): WorldRun | undefined =>
  repository.runs.find((run) => String(run.id) === id)

/** GET …/actions/runs: the newest first, of a branch or an event where the query names one. */
export const listRuns: Handler = ({ on, request: { query } }, repository) => {
  const branch = query.get('branch')
  const event = query.get('event')
  const fits = (run: WorldRun) => (branch === null || run.branch === branch) && (event === null || run.event === event)
  const found = repository.runs.filter(fits).sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
  const runs = page(found, query).map((run) => workflowRun(on, repository, run))
  return ok({ total_count: found.length, workflow_runs: runs })
}

/** GET …/actions/runs/{id}. */
export const getRun: Handler = ({ on }, repository, [id]) => {
  const run = runOf(repository, id)
  return run ? ok(workflowRun(on, repository, run)) : notFound()
}

/** POST …/rerun, …/rerun-failed-jobs: one more attempt of a run that has ended; it succeeds. */
export const rerun =
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

/** POST …/cancel, of a run that has not ended. */
export const cancel: Handler = ({ on }, repository, [id]) => {
  const run = runOf(repository, id)
  if (!run) return notFound()
  if (runStatus(run, on.now, on.speed).status === 'completed') {
    return refuse(409, 'Cannot cancel a workflow run that is completed.')
  }
  run.cancelledAt = on.now
  return ok({}, 202)
}

/** POST …/dispatches: a run with these inputs. Tells which where it is asked to, and the server is no older one. */
export const dispatch: Handler = ({ on, world, caller, request, onDispatch }, repository, [file = '']) => {
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
  const shown = workflowRun(on, repository, run)
  return ok({ workflow_run_id: run.id, run_url: shown.url, html_url: shown.html_url })
}

/** GET …/workflows/{file}/runs: the newest first; the query narrows by whom, by which event, and since when. */
export const listWorkflowRuns: Handler = ({ on, request: { query } }, repository, [file = '']) => {
  const workflow = repository.workflows.find((each) => each.file === file)
  if (!workflow) return notFound()
  const since = /^>=(.+)$/.exec(query.get('created') ?? '')?.[1]
  const event = query.get('event')
  const found = repository.runs
    .filter((run) => query.get('actor') === null || query.get('actor') === run.by)
    .filter((run) => run.workflow === workflow.name && (event === null || run.event === event))
    .filter((run) => since === undefined || run.createdAt >= Date.parse(since))
    .reverse()
  const runs = page(found, query).map((run) => workflowRun(on, repository, run))
  return ok({ total_count: found.length, workflow_runs: runs })
}
