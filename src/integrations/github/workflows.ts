import { parse } from 'yaml'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Dispatch, Run } from '../../capabilities/repositories.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { type GithubClient, partsOf } from './client.ts'
import { statusOf } from './problems.ts'
import { readRun } from './runs.ts'

/** Clocks of NOX and GitHub may differ by this (ms). */
const skew = 10_000

/** A workflow is some KB; a file that is longer than this is none (characters). */
const longestWorkflow = 256 * 1024

/** The inputs that a workflow declares for a start by hand; `null` = there is no such workflow, or it has no such start. */
export async function workflowInputs(
  { call: send, octokit }: GithubClient,
  repository: string,
  workflow: string,
  ref: string,
  call: CallOptions,
): Promise<readonly string[] | null> {
  const path = `.github/workflows/${workflow}`
  const text = await send(
    async (request) => {
      try {
        const { data } = await octokit.rest.repos.getContent({ ...partsOf(repository), path, ref, request })
        const isFile = !Array.isArray(data) && data.type === 'file' && 'content' in data
        return isFile ? Buffer.from(data.content, 'base64').toString('utf8') : null
      } catch (error) {
        if (statusOf(error) === 404) return null
        throw error
      }
    },
    call,
    repository,
  )
  return text === null ? null : declaredInputs(text)
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** `on.workflow_dispatch.inputs`, in each of the ways in which it may be written. */
export function declaredInputs(text: string): readonly string[] | null {
  if (text.length > longestWorkflow) return null
  let document: Record<string, unknown>
  try {
    // A file of a repository must not cost more to read than it has letters: 50 aliases at most, no key compared with
    // all others, no error with its place.
    document = record(parse(text, { maxAliasCount: 50, uniqueKeys: false, prettyErrors: false }))
  } catch {
    return null
  }
  // A YAML 1.1 reader turns the key `on` into `true`.
  const events = document.on ?? document.true
  if (events === 'workflow_dispatch') return []
  if (Array.isArray(events)) return events.includes('workflow_dispatch') ? [] : null
  const all = record(events)
  if (!('workflow_dispatch' in all)) return null
  return Object.keys(record(record(all.workflow_dispatch).inputs))
}

/** Starts a workflow; gives the id of its run where GitHub tells it. Never sent twice. */
export async function dispatchWorkflow(
  { call: send, octokit }: GithubClient,
  repository: string,
  { workflow, ref, inputs }: Dispatch,
  call: CallOptions,
): Promise<string | null> {
  const where = { ...partsOf(repository), workflow_id: workflow, ref, inputs }
  return send(
    async (request) => {
      try {
        const { data } = await octokit.request(
          'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
          { ...where, return_run_details: true, request },
        )
        const { workflow_run_id: id } = record(data)
        return typeof id === 'number' ? String(id) : null
      } catch (error) {
        if (statusOf(error) !== 422) throw error
        // Its words name branches and inputs: they are for the log.
        throw new NoxError('vendor-refused', 'the workflow refuses to start', {
          forPerson: phrase('workflow.refused', { workflow, ref }),
          facts: { status: 422, message: (error as Error).message.slice(0, 200) },
        })
      }
    },
    call,
    repository,
  )
}

/**
 * Runs of a workflow that NOX started since a moment, those that name the action if any does.
 * @param account as whom NOX acts: what others started is not its own
 */
export async function findDispatched(
  { call: send, octokit }: GithubClient,
  repository: string,
  { workflow, since, actionId }: { readonly workflow: string; readonly since: number; readonly actionId: string },
  account: string,
  call: CallOptions,
): Promise<readonly Run[]> {
  const { data } = await send(
    (request) =>
      octokit.rest.actions.listWorkflowRuns({
        ...partsOf(repository),
        workflow_id: workflow,
        event: 'workflow_dispatch',
        actor: account,
        created: `>=${new Date(since - skew).toISOString().replace(/\.\d+Z$/, 'Z')}`,
        per_page: 50,
        request,
      }),
    call,
    repository,
  )
  const runs = data.workflow_runs.map((run) => readRun(run as Parameters<typeof readRun>[0], repository))
  const named = runs.filter((run) => run.title.includes(actionId))
  return named.length > 0 ? named : runs
}
