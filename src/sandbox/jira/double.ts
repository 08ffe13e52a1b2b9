import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { refusedByDataCenter, unauthorized } from './data-center.ts'
import { JqlError, runJql } from './jql.ts'
import { type Presenter, present } from './present.ts'
import { createWorld, type JiraSeed, type JiraWorld, type ProjectSeed, type WorldIssue } from './world.ts'
import { type Caller, createWriter, record, refuse } from './write-issue.ts'

export interface JiraDoubleOptions {
  readonly seed: JiraSeed
  readonly edition: 'cloud' | 'datacenter'
  readonly basePath?: string
  readonly now?: () => number
}

export interface JiraDouble extends HttpDouble {
  readonly world: JiraWorld
}

const gone = () => refuse(404, 'Issue does not exist or you do not have permission to see it.')

/** No page has more, whatever was asked for. */
const longestPage = 50

/** One page of a list, with where it stands in it. */
function pageOf<T>({ query }: DoubleRequest, all: readonly T[]) {
  const startAt = Number(query.get('startAt') ?? 0)
  const maxResults = Math.min(Number(query.get('maxResults') ?? longestPage), longestPage)
  return { some: all.slice(startAt, startAt + maxResults), startAt, maxResults, total: all.length }
}

/** What a data center tells the rights of; some by the name that they had before, too. */
const permissions = [
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'ADD_COMMENTS',
  'TRANSITION_ISSUES',
  'LINK_ISSUES',
  'EDIT_ISSUES',
  'ADMINISTER_PROJECTS',
]

/** Jira's REST API as far as NOX speaks it: version 3 in the cloud, 2 in a data center. */
export function createJiraDouble(options: JiraDoubleOptions): JiraDouble {
  const { seed, edition, basePath = '', now = Date.now } = options
  const isCloud = edition === 'cloud'
  const apiPath = `/rest/api/${isCloud ? 3 : 2}`
  const world = createWorld(seed, now())
  const typeId = (project: ProjectSeed, name: string) =>
    String(100 + seed.projects.indexOf(project) * 1_000 + project.types.indexOf(name))
  const { create, comment, link } = createWriter({ world, isCloud, now, typeId })

  function callerOf({ headers }: DoubleRequest): Caller | null {
    const { authorization = '' } = headers
    return (
      seed.accounts.find(({ accountId, token }) => {
        const email = seed.people.find((person) => person.accountId === accountId)?.email
        const basic = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
        return authorization === (isCloud ? basic : `Bearer ${token}`)
      }) ?? null
    )
  }

  function answer(request: DoubleRequest): DoubleAnswer {
    if (!request.path.startsWith(`${apiPath}/`)) return { status: 404, body: { message: 'null for uri' } }
    const caller = callerOf(request)
    if (!caller) return isCloud ? refuse(401, 'Client must be authenticated to access this resource.') : unauthorized()
    const refused = isCloud ? null : refusedByDataCenter(request.path.slice(apiPath.length), request)
    if (refused) return refused
    const on: Presenter = { origin: request.origin, api: `${request.origin}${apiPath}`, isCloud, seed, typeId }
    const parts = request.path
      .slice(apiPath.length + 1)
      .split('/')
      .map(decodeURIComponent)
    const [first, second, third] = parts
    const route = `${request.method} ${first}`
    if (route === 'GET myself') return { status: 200, body: present.person(on, caller.accountId) }
    if (route === 'GET mypermissions') return permissionsOf(request, caller)
    if (route === 'GET priority') return prioritiesOf(request, on, second)
    if (route === 'GET user' && second === 'search') return peopleFor(request, on)
    if (route === 'POST search' && (second === 'jql') === isCloud) return search(request, on, caller)
    if (route === 'GET issue' && second === 'createmeta') return typesOf(request, on, third ?? '', caller)
    if (route === 'POST issue' && second === undefined) return create(request, on, caller)
    if (first === 'issue' && second !== undefined) return serveIssue(request, on, caller, second, third)
    return { status: 404, body: { message: 'null for uri' } }
  }

  function permissionsOf({ query }: DoubleRequest, caller: Caller): DoubleAnswer {
    const wanted = isCloud ? (query.get('permissions')?.split(',') ?? []) : permissions
    if (wanted.length === 0) return refuse(400, 'The permissions query parameter is required.')
    const project = query.get('projectKey')
    if (project !== null && !seed.projects.some(({ key }) => key === project)) {
      return refuse(404, `No project could be found with key '${project}'.`)
    }
    const entry = (name: string, at: number) => ({
      id: String(at),
      key: name,
      name,
      type: 'PROJECT',
      description: name,
      havePermission: caller.permissions.includes(name),
    })
    return { status: 200, body: { permissions: Object.fromEntries(wanted.map((name, at) => [name, entry(name, at)])) } }
  }

  function prioritiesOf(request: DoubleRequest, on: Presenter, second: string | undefined): DoubleAnswer {
    const values = seed.priorities.map((name) => present.priority(on, name))
    if (!isCloud) return second === undefined ? { status: 200, body: values } : gone()
    if (second !== 'search') return gone()
    const { some, ...page } = pageOf(request, values)
    return { status: 200, body: { ...page, isLast: page.startAt + some.length >= values.length, values: some } }
  }

  function peopleFor({ query }: DoubleRequest, on: Presenter): DoubleAnswer {
    const wanted = query.get(isCloud ? 'query' : 'username')
    if (wanted === null) return refuse(400, 'The username query parameter was not provided.')
    const found = seed.people.filter(({ displayName, email }) =>
      `${displayName} ${email}`.toLowerCase().includes(wanted.toLowerCase()),
    )
    return { status: 200, body: found.map(({ accountId }) => present.person(on, accountId)) }
  }

  function search({ body }: DoubleRequest, on: Presenter, caller: Caller): DoubleAnswer {
    const {
      jql,
      maxResults = 50,
      fields = ['id'],
    } = record(body) as { jql?: string; maxResults?: number; fields?: string[] }
    if (typeof jql !== 'string') return refuse(400, 'Unbounded JQL queries are not allowed here.')
    try {
      const seen = caller.permissions.includes('BROWSE_PROJECTS') ? world.issues : []
      const keys = seed.projects.map(({ key }) => key)
      const idOf = (id: string) => (isCloud ? id : (seed.people.find(({ accountId }) => accountId === id)?.name ?? ''))
      // The cloud finds nothing of somebody unknown; a data center refuses the query.
      const people = isCloud ? null : seed.people.map(({ name }) => name)
      const found = runJql(jql, seen, { projects: keys, people }, idOf)
      const issues = found.slice(0, maxResults).map((issue) => present.issue(on, issue, fields))
      if (isCloud) return { status: 200, body: { isLast: found.length <= maxResults, issues } }
      return { status: 200, body: { startAt: 0, maxResults, total: found.length, issues } }
    } catch (error) {
      if (error instanceof JqlError) return refuse(400, error.message)
      throw error
    }
  }

  function typesOf(request: DoubleRequest, on: Presenter, key: string, caller: Caller): DoubleAnswer {
    const project = seed.projects.find((each) => each.key === key)
    if (!project || !caller.permissions.includes('CREATE_ISSUES')) {
      return refuse(404, 'Project does not exist or you do not have permission to create issues in it.')
    }
    const types = project.types.map((name) => present.type(on, project, name))
    const { some, ...page } = pageOf(request, types)
    const isLast = page.startAt + some.length >= types.length
    return { status: 200, body: isCloud ? { ...page, issueTypes: some } : { ...page, isLast, values: some } }
  }

  function serveIssue(
    request: DoubleRequest,
    on: Presenter,
    caller: Caller,
    key: string,
    what: string | undefined,
  ): DoubleAnswer {
    const issue = world.issues.find((each) => each.key === key.toUpperCase() || each.id === key)
    if (!issue || !caller.permissions.includes('BROWSE_PROJECTS')) return gone()
    const route = `${request.method} ${what ?? ''}`
    if (route === 'GET ') {
      return { status: 200, body: present.issue(on, issue, request.query.get('fields')?.split(',') ?? ['*all']) }
    }
    if (route === 'GET comment') {
      const { query } = request
      const inOrder = query.get('orderBy') === '-created' ? [...issue.comments].reverse() : issue.comments
      const maxResults = Number(query.get('maxResults') ?? 1_000)
      const all = inOrder.map((each) => present.comment(on, issue, each))
      const comments = all.slice(0, maxResults)
      return { status: 200, body: { startAt: 0, maxResults, total: all.length, comments } }
    }
    if (route === 'POST comment') return comment(request, on, caller, issue)
    if (route === 'POST remotelink') return link(request, on, caller, issue)
    if (route === 'GET transitions') {
      const all = transitions(on, issue, caller)
      const isWhole = request.query.get('expand')?.split(',').includes('transitions.fields')
      const some = isWhole ? all : all.map(({ fields: _, ...rest }) => rest)
      return { status: 200, body: { expand: 'transitions', transitions: some } }
    }
    if (route === 'POST transitions') return transit(request, issue, caller)
    return { status: 405, body: {} }
  }

  const openTransitions = (issue: WorldIssue, caller: Caller) =>
    caller.permissions.includes('TRANSITION_ISSUES')
      ? issue.project.transitions.filter(({ from }) => from.includes(issue.status))
      : []

  const transitions = (on: Presenter, issue: WorldIssue, caller: Caller) =>
    openTransitions(issue, caller).map((each) => present.transition(on, issue, each))

  function transit({ body }: DoubleRequest, issue: WorldIssue, caller: Caller): DoubleAnswer {
    const wanted = record(record(body).transition).id
    const found = openTransitions(issue, caller).find(({ id }) => id === wanted)
    if (!found)
      return refuse(
        400,
        'It seems that you have tried to perform a workflow operation that is not valid for the current state of this issue.',
      )
    const fields = record(record(body).fields)
    for (const [name, field] of Object.entries(found.fields ?? {})) {
      const value = record(fields[name]).id
      if (field.required && value === undefined) return refuse(400, '', { [name]: `${name} is required.` })
      const known = field.allowedValues.find(({ id }) => id === value)
      if (value !== undefined && !known) return refuse(400, '', { [name]: 'Not a valid value' })
      if (name === 'resolution' && known) issue.resolution = known.name
    }
    issue.status = found.to
    issue.updatedAt = now()
    return { status: 204 }
  }

  const double = createHttpDouble({
    name: 'Jira',
    basePath,
    answer,
    badJson: refuse(400, 'There was an error parsing JSON.'),
  })
  return { ...double, world }
}
