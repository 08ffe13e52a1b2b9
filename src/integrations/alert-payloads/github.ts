import type { AlertReading } from '../../capabilities/alert-intake.ts'
import type { Alert } from '../../domain/alert.ts'
import { fingerprintOf, type Json, linksOf, longestSummary, longestTitle, objectOf, textOf, timeOf } from './fields.ts'

const failures = new Set(['failure', 'timed_out', 'startup_failure'])

type Found = Pick<Alert, 'fingerprint' | 'title' | 'summary' | 'links' | 'state'> & {
  readonly environment?: string | null
  readonly labels: Readonly<Record<string, string>>
  readonly at: unknown
}

/**
 * What went wrong at GitHub, and what ends it: runs of workflows and suites of other apps' checks on the default branch,
 * and deployments to an environment.
 */
export function readGithub(event: string, payload: Json, now: number): AlertReading {
  const repository = objectOf(payload.repository)
  const name = textOf(repository.full_name, 100)
  const read = readers[event]
  const found = name === '' || !read ? null : read(name, payload, repository)
  if (!found) return { kind: 'nothing' }
  const { at, labels, environment = null, ...alert } = found
  const about = { source: 'github', severity: 'error', service: null, environment } as const
  const whole = { ...about, ...alert, labels: { repository: name, ...labels }, at: timeOf(at) ?? now }
  return { kind: 'alerts', missing: 0, alerts: [whole] }
}

const stateOf = (conclusion: string): Alert['state'] | null =>
  failures.has(conclusion) ? 'firing' : conclusion === 'success' ? 'resolved' : null

const titleOf = (what: unknown, name: string): string => textOf(`${textOf(what, 60)} · ${name}`, longestTitle)

const readers: Readonly<Record<string, (name: string, payload: Json, repository: Json) => Found | null>> = {
  workflow_run(name, { action, workflow_run }, repository) {
    const run = objectOf(workflow_run)
    const conclusion = textOf(run.conclusion, 30)
    const state = stateOf(conclusion)
    const isDefault = run.head_branch === repository.default_branch && run.event !== 'pull_request'
    if (action !== 'completed' || !isDefault || state === null) return null
    return {
      fingerprint: fingerprintOf(name, run.workflow_id ?? run.name),
      title: titleOf(run.name, name),
      summary: textOf(run.display_title, longestSummary),
      labels: { branch: textOf(run.head_branch, 60), conclusion },
      links: linksOf(run.html_url),
      state,
      at: run.updated_at,
    }
  },
  check_suite(name, { action, check_suite }, repository) {
    const suite = objectOf(check_suite)
    const app = objectOf(suite.app)
    const conclusion = textOf(suite.conclusion, 30)
    const state = stateOf(conclusion)
    // GitHub Actions tells the same as workflow_run.
    const isOther = app.slug !== 'github-actions' && suite.head_branch === repository.default_branch
    if (action !== 'completed' || !isOther || state === null) return null
    return {
      fingerprint: fingerprintOf('checks', name, app.id ?? app.slug),
      title: titleOf(app.name ?? app.slug, name),
      summary: textOf(objectOf(suite.head_commit).message, longestSummary),
      labels: { branch: textOf(suite.head_branch, 60), conclusion },
      links: linksOf(`${textOf(repository.html_url, 200)}/commits/${textOf(suite.head_sha, 60)}`),
      state,
      at: suite.updated_at,
    }
  },
  deployment_status(name, payload) {
    const status = objectOf(payload.deployment_status)
    const deployment = objectOf(payload.deployment)
    const word = textOf(status.state, 30)
    const state = word === 'error' ? 'firing' : stateOf(word)
    const environment = textOf(status.environment ?? deployment.environment, 60)
    if (state === null || environment === '') return null
    return {
      fingerprint: fingerprintOf('deployment', name, environment),
      title: titleOf(`Deployment: ${environment}`, name),
      summary: textOf(status.description, longestSummary),
      environment,
      labels: { ref: textOf(deployment.ref, 60), environment, conclusion: word },
      links: linksOf(status.log_url, status.target_url, status.environment_url),
      state,
      at: status.updated_at ?? status.created_at,
    }
  },
}
