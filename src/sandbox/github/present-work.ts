import {
  fullRepository,
  idOf,
  iso,
  minimalRepository,
  nodeId,
  type Presenter,
  repositoryUrl,
  user,
  webUrl,
} from './present.ts'
import {
  type PullSeed,
  type ReleaseSeed,
  runStatus,
  shaOf,
  type WorldDeployment,
  type WorldRepository,
  type WorldRun,
} from './world.ts'

/** A run as it stands at this moment: time alone moves it on. */
export function workflowRun(on: Presenter, repository: WorldRepository, run: WorldRun) {
  const url = `${repositoryUrl(on, repository)}/actions/runs/${run.id}`
  const { status, conclusion, at } = runStatus(run, on.now, on.speed)
  const last = run.attempts.at(-1)
  const file = `.github/workflows/${run.workflow.toLowerCase()}.yml`
  const person = { name: run.by, email: `${run.by}@societe-x.example` }
  return {
    id: run.id,
    name: run.workflow,
    node_id: nodeId(`Run ${run.id}`),
    check_suite_id: run.id + 500_000,
    check_suite_node_id: nodeId(`Suite ${run.id}`),
    head_branch: run.branch,
    head_sha: run.sha,
    path: file,
    run_number: run.number,
    run_attempt: run.attempts.length,
    event: run.event,
    status,
    conclusion,
    workflow_id: idOf(`${repository.name} ${file}`),
    url,
    html_url: `${webUrl(on, repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: iso(run.createdAt),
    updated_at: iso(at),
    run_started_at: iso(last?.startedAt ?? run.createdAt),
    actor: user(on, run.by),
    triggering_actor: user(on, last?.by ?? run.by),
    ...(run.calls === null
      ? {}
      : {
          referenced_workflows: (run.calls ?? []).map((path) => ({
            path,
            sha: shaOf(path),
            ref: `refs/heads/${path.split('@')[1] ?? 'main'}`,
          })),
        }),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(on, repository)}/check-suites/${run.id + 500_000}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${repositoryUrl(on, repository)}/actions/workflows/${idOf(`${repository.name} ${file}`)}`,
    head_commit: {
      id: run.sha,
      tree_id: run.sha,
      message: run.title,
      timestamp: iso(run.createdAt),
      author: person,
      committer: person,
    },
    repository: minimalRepository(on, repository),
    head_repository: minimalRepository(on, repository),
    display_title: run.title,
  }
}

/** @param startedAt when the world began, ms: the pull request was changed so many minutes before */
export function pullRequest(on: Presenter, repository: WorldRepository, pull: PullSeed, startedAt: number) {
  const api = repositoryUrl(on, repository)
  const url = `${api}/pulls/${pull.number}`
  const html = `${webUrl(on, repository)}/pull/${pull.number}`
  const issue = `${api}/issues/${pull.number}`
  const changed = iso(startedAt - pull.minutesAgo * 60_000)
  const end = (ref: string) => ({
    label: `${repository.owner}:${ref}`,
    ref,
    repo: fullRepository(on, repository),
    sha: repository.branches.get(ref) ?? shaOf(repository.name, ref),
    user: user(on, repository.owner),
  })
  const sha = end(pull.branch).sha
  const links = {
    comments_url: `${issue}/comments`,
    commits_url: `${url}/commits`,
    statuses_url: `${api}/statuses/${sha}`,
    issue_url: issue,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
  }
  const link = (href: string) => ({ href })
  return {
    url,
    id: repository.id * 1_000 + pull.number,
    node_id: nodeId(`Pull ${repository.id} ${pull.number}`),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    ...links,
    number: pull.number,
    state: pull.state === 'open' ? 'open' : 'closed',
    locked: false,
    title: pull.title,
    user: user(on, pull.author),
    body: null,
    labels: [],
    milestone: null,
    active_lock_reason: null,
    created_at: iso(startedAt - (pull.minutesAgo + 600) * 60_000),
    updated_at: changed,
    closed_at: pull.state === 'open' ? null : changed,
    merged_at: pull.state === 'merged' ? changed : null,
    merge_commit_sha: sha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: end(pull.branch),
    base: end('main'),
    _links: {
      comments: link(links.comments_url),
      commits: link(links.commits_url),
      statuses: link(links.statuses_url),
      html: link(html),
      issue: link(issue),
      review_comments: link(links.review_comments_url),
      review_comment: link(links.review_comment_url),
      self: link(url),
    },
    author_association: 'MEMBER',
    auto_merge: null,
    draft: pull.draft ?? false,
  }
}

/** A deployment; `payload` comes back as it was sent. */
export function deployment(on: Presenter, repository: WorldRepository, each: WorldDeployment) {
  const url = `${repositoryUrl(on, repository)}/deployments/${each.id}`
  return {
    url,
    id: each.id,
    node_id: nodeId(`Deployment ${each.id}`),
    sha: each.sha,
    ref: each.ref,
    task: 'deploy',
    payload: each.payload,
    original_environment: each.environment,
    environment: each.environment,
    description: each.description,
    creator: user(on, each.creator),
    created_at: iso(each.createdAt),
    updated_at: iso(each.statuses.at(-1)?.at ?? each.createdAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(on, repository),
    transient_environment: false,
    production_environment: each.environment === 'production',
  }
}

/** One of a deployment's statuses. */
export function deploymentStatus(
  on: Presenter,
  repository: WorldRepository,
  each: WorldDeployment,
  status: WorldDeployment['statuses'][number],
) {
  const url = `${repositoryUrl(on, repository)}/deployments/${each.id}`
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId(`Status ${status.id}`),
    state: status.state,
    creator: user(on, each.creator),
    description: '',
    environment: each.environment,
    target_url: '',
    created_at: iso(status.at),
    updated_at: iso(status.at),
    deployment_url: url,
    repository_url: repositoryUrl(on, repository),
    environment_url: '',
    log_url: '',
  }
}

/** A release with the files that GitHub makes of it. */
export function release(on: Presenter, repository: WorldRepository, each: ReleaseSeed, startedAt: number) {
  const url = `${repositoryUrl(on, repository)}/releases`
  const id = idOf(`release ${repository.name} ${each.tag}`)
  const at = iso(startedAt - each.minutesAgo * 60_000)
  return {
    url: `${url}/${id}`,
    assets_url: `${url}/${id}/assets`,
    upload_url: `${url}/${id}/assets{?name,label}`,
    html_url: `${webUrl(on, repository)}/releases/tag/${each.tag}`,
    id,
    node_id: nodeId(`Release ${id}`),
    author: user(on, each.author),
    tag_name: each.tag,
    target_commitish: 'main',
    name: each.title,
    draft: each.isDraft ?? false,
    prerelease: each.isPrerelease ?? false,
    created_at: at,
    published_at: each.isDraft ? null : at,
    assets: [],
    tarball_url: `${repositoryUrl(on, repository)}/tarball/${each.tag}`,
    zipball_url: `${repositoryUrl(on, repository)}/zipball/${each.tag}`,
    body: each.title,
  }
}
