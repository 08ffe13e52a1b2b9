import type { DoubleAnswer } from '../http-double.ts'
import { missingPermission, refuse } from './access.ts'
import * as refs from './present-refs.ts'
import * as work from './present-work.ts'
import { type Handler, invalid, notFound, ok, page, type RouteContext } from './route.ts'
import { createDeployment, createStatus, listDeployments } from './serve-deployments.ts'
import { cancel, dispatch, getRun, listRuns, listWorkflowRuns, rerun } from './serve-runs.ts'
import type { Permissions, WorkflowSeed } from './world.ts'

interface Route {
  readonly method: string
  /** After `/repos/{owner}/{repo}`; `*` = one part. */
  readonly path: string
  readonly needs: readonly [keyof Permissions, 'read' | 'write']
  readonly handle: Handler
}

const getBranch: Handler = ({ on }, repository, [name = '']) => {
  const sha = repository.branches.get(name)
  return sha === undefined ? refuse(404, 'Branch not found') : ok(refs.branchWithProtection(on, repository, name, sha))
}

const getCommit: Handler = ({ on }, repository, [ref = '']) => {
  const known = [...repository.branches.values(), ...repository.tags.values(), ...repository.runs.map(({ sha }) => sha)]
  const named =
    /^tags\/(.+)$/.exec(ref)?.[1] === undefined
      ? repository.branches.get(ref.replace(/^heads\//, ''))
      : repository.tags.get(ref.slice('tags/'.length))
  const sha = named ?? (/^[0-9a-f]{4,40}$/.test(ref) ? known.find((each) => each.startsWith(ref)) : undefined)
  return sha === undefined ? invalid(`No commit found for SHA: ${ref}`) : ok(refs.commit(on, repository, sha))
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
  return workflow && isKnown ? ok(refs.contentFile(on, repository, path, workflowText(workflow))) : notFound()
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

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: 'branches',
    needs: ['contents', 'read'],
    handle: ({ on, request }, repository) =>
      ok(
        page([...repository.branches], request.query).map(([name, sha]) => refs.shortBranch(on, repository, name, sha)),
      ),
  },
  { method: 'GET', path: 'branches/*', needs: ['contents', 'read'], handle: getBranch },
  {
    method: 'GET',
    path: 'tags',
    needs: ['contents', 'read'],
    handle: ({ on, request }, repository) =>
      ok(page([...repository.tags], request.query).map(([name, sha]) => refs.tag(on, repository, name, sha))),
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
