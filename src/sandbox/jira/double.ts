import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { JqlError, runJql } from './jql.ts'
import { type Presenter, present } from './present.ts'
import { createWorld, type JiraSeed, type JiraWorld, type ProjectSeed, type WorldIssue } from './world.ts'

export interface JiraDoubleOptions {
  readonly seed: JiraSeed
  readonly edition: 'cloud' | 'datacenter'
  readonly basePath?: string
  readonly now?: () => number
}

export interface JiraDouble extends HttpDouble {
  readonly world: JiraWorld
}

interface Caller {
  readonly accountId: string
  readonly permissions: readonly string[]
}

const refuse = (status: number, message: string, errors: Readonly<Record<string, string>> = {}): DoubleAnswer => ({
  status,
  body: { errorMessages: message === '' ? [] : [message], errors },
})
const gone = () => refuse(404, 'Issue does not exist or you do not have permission to see it.')
const denied = () => refuse(403, 'You do not have the permission to do this.')

/** No page has more, whatever was asked for. */
const longestPage = 50

/** One page of a list, with where it stands in it. */
function pageOf<T>({ query }: DoubleRequest, all: readonly T[]) {
  const startAt = Number(query.get('startAt') ?? 0)
  const maxResults = Math.min(Number(query.get('maxResults') ?? longestPage), longestPage)
  return { some: all.slice(startAt, startAt + maxResults), startAt, maxResults, total: all.length }
}

type Fields = Readonly<Record<string, unknown>>
const record = (value: unknown): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {})

/** Jira's REST API as far as NOX speaks it: version 3 in the cloud, 2 in a data center. */
export function createJiraDouble(options: JiraDoubleOptions): JiraDouble {
  const { seed, edition, basePath = '', now = Date.now } = options
  const isCloud = edition === 'cloud'
  const apiPath = `/rest/api/${isCloud ? 3 : 2}`
  const world = createWorld(seed, now())
  const typeId = (project: ProjectSeed, name: string) =>
    String(100 + seed.projects.indexOf(project) * 1_000 + project.types.indexOf(name))

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
    if (!caller) {
      return refuse(401, 'Client must be authenticated to access this resource.')
    }
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
    const wanted = query.get('permissions')?.split(',') ?? []
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
      const found = runJql(jql, seen, keys, idOf)
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

  function create({ body }: DoubleRequest, on: Presenter, caller: Caller): DoubleAnswer {
    const fields = record(record(body).fields)
    const project = seed.projects.find(({ key }) => key === record(fields.project).key)
    if (!project) return refuse(400, '', { project: 'valid project is required' })
    if (!caller.permissions.includes('CREATE_ISSUES')) return denied()
    const type = project.types.find((name) => typeId(project, name) === record(fields.issuetype).id)
    const errors: Record<string, string> = {}
    if (!type) errors.issuetype = 'Specify a valid issue type'
    const { summary, description, labels } = fields
    if (typeof summary !== 'string' || summary.trim() === '')
      errors.summary = 'You must specify a summary of the issue.'
    else if (summary.length > 255) errors.summary = 'Summary must be less than 255 characters.'
    for (const name of Object.keys(fields)) {
      if (['project', 'issuetype', 'summary'].includes(name) || project.createFields.includes(name)) continue
      errors[name] = `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`
    }
    const isText = isCloud ? record(description).type === 'doc' : typeof description === 'string'
    if (description !== undefined && !isText) errors.description = 'Operation value must be an Atlassian Document'
    if (Array.isArray(labels) && labels.some((label) => /\s/.test(String(label))))
      errors.labels = 'The label has spaces.'
    const priority = seed.priorities.find((name) => present.priority(on, name).id === record(fields.priority).id)
    if (fields.priority !== undefined && !priority && !errors.priority) errors.priority = 'The priority is not valid'
    if (Object.keys(errors).length > 0 || !type) return refuse(400, '', errors)
    const at = now()
    const number = Math.max(0, ...world.issues.filter((each) => each.project === project).map(numberOf)) + 1
    const made: WorldIssue = {
      id: world.nextId(),
      key: `${project.key}-${number}`,
      project,
      type,
      summary: String(summary),
      description,
      status: project.statuses[0]?.name ?? '',
      priority: priority ?? null,
      assignee: null,
      labels: Array.isArray(labels) ? labels.map(String) : [],
      comments: [],
      links: new Map(),
      resolution: null,
      createdAt: at,
      updatedAt: at,
    }
    world.issues.push(made)
    return { status: 201, body: { id: made.id, key: made.key, self: `${on.api}/issue/${made.id}` } }
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
      const all = [...issue.comments].reverse().map((each) => present.comment(on, issue, each))
      return { status: 200, body: { startAt: 0, maxResults: 50, total: all.length, comments: all.slice(0, 50) } }
    }
    if (route === 'POST comment') return comment(request, on, caller, issue)
    if (route === 'POST remotelink') return link(request, on, issue)
    if (route === 'GET transitions')
      return { status: 200, body: { expand: 'transitions', transitions: transitions(on, issue, caller) } }
    if (route === 'POST transitions') return transit(request, issue, caller)
    return { status: 405, body: {} }
  }

  function comment({ body }: DoubleRequest, on: Presenter, caller: Caller, issue: WorldIssue): DoubleAnswer {
    if (!caller.permissions.includes('ADD_COMMENTS')) return denied()
    const text = record(body).body
    const isText = isCloud ? record(text).type === 'doc' : typeof text === 'string' && text !== ''
    if (!isText) return refuse(400, '', { comment: 'Comment body can not be empty!' })
    const made = { id: world.nextId(), author: caller.accountId, body: text, createdAt: now() }
    issue.comments.push(made)
    issue.updatedAt = made.createdAt
    return { status: 201, body: present.comment(on, issue, made) }
  }

  function link({ body }: DoubleRequest, on: Presenter, issue: WorldIssue): DoubleAnswer {
    const { url, title } = record(record(body).object)
    if (typeof url !== 'string' || typeof title !== 'string') return refuse(400, '', { title: "'title' is required." })
    const id = String(record(body).globalId ?? world.nextId())
    const isNew = !issue.links.has(id)
    issue.links.set(id, { url, title })
    return {
      status: isNew ? 201 : 200,
      body: { id: 10_000 + issue.links.size, self: `${on.api}/issue/${issue.key}/remotelink/1` },
    }
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

const numberOf = ({ key }: WorldIssue) => Number(key.split('-')[1])
