import type { JiraSeed, ProjectSeed, TransitionSeed, WorldComment, WorldIssue } from './world.ts'

/** How Jira writes what it holds. */
export interface Presenter {
  readonly origin: string
  readonly api: string
  readonly isCloud: boolean
  readonly seed: JiraSeed
  typeId(project: ProjectSeed, name: string): string
}

/** `2026-11-26T04:00:00.000+0000`, as Jira writes a moment. */
const moment = (at: number) => new Date(at).toISOString().replace('Z', '+0000')

function person({ api, isCloud, seed }: Presenter, accountId: string) {
  const found = seed.people.find((each) => each.accountId === accountId)
  const id = isCloud
    ? { accountId, accountType: 'atlassian' }
    : { name: found?.name ?? '', key: `JIRAUSER${10_100 + (found ? seed.people.indexOf(found) : 0)}` }
  return {
    self: `${api}/user?${isCloud ? `accountId=${accountId}` : `username=${found?.name}`}`,
    ...id,
    active: true,
    displayName: found?.displayName ?? '',
    emailAddress: found?.email ?? '',
    timeZone: 'Europe/Paris',
  }
}

function priority({ api, seed, origin }: Presenter, name: string) {
  const id = String(seed.priorities.indexOf(name) + 1)
  return { self: `${api}/priority/${id}`, iconUrl: `${origin}/images/priority-${id}.svg`, name, id }
}

function type({ api, origin, typeId }: Presenter, project: ProjectSeed, name: string) {
  const id = typeId(project, name)
  return {
    self: `${api}/issuetype/${id}`,
    id,
    description: '',
    iconUrl: `${origin}/images/type-${id}.svg`,
    name,
    subtask: /sub-?task|sous-tâche/i.test(name),
  }
}

const categories = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const

function status({ api, origin }: Presenter, project: ProjectSeed, name: string) {
  const at = project.statuses.findIndex((each) => each.name === name)
  const category = categories[project.statuses[at]?.category ?? 'new']
  const id = String(20 + at)
  return {
    self: `${api}/status/${id}`,
    description: '',
    iconUrl: `${origin}/images/status.png`,
    name,
    id,
    statusCategory: { self: `${api}/statuscategory/${category.id}`, ...category },
  }
}

function issue(on: Presenter, each: WorldIssue, wanted: readonly string[]) {
  const all: Readonly<Record<string, unknown>> = {
    summary: each.summary,
    description: each.description,
    status: status(on, each.project, each.status),
    issuetype: type(on, each.project, each.type),
    priority: each.priority === null ? null : priority(on, each.priority),
    project: { self: `${on.api}/project/${each.project.key}`, key: each.project.key, name: each.project.key },
    assignee: each.assignee === null ? null : person(on, each.assignee),
    labels: each.labels,
    resolution: each.resolution === null ? null : { name: each.resolution },
    created: moment(each.createdAt),
    updated: moment(each.updatedAt),
  }
  const names = wanted.includes('*all') ? Object.keys(all) : wanted.filter((name) => name in all)
  const fields = Object.fromEntries(names.map((name) => [name, all[name]]))
  return { expand: '', id: each.id, self: `${on.api}/issue/${each.id}`, key: each.key, fields }
}

function comment(on: Presenter, { key }: WorldIssue, each: WorldComment) {
  const author = person(on, each.author)
  const at = moment(each.createdAt)
  const self = `${on.api}/issue/${key}/comment/${each.id}`
  return { self, id: each.id, author, body: each.body, updateAuthor: author, created: at, updated: at }
}

function transition(on: Presenter, { project }: WorldIssue, each: TransitionSeed) {
  const fields = Object.entries(each.fields ?? {}).map(([name, field]) => [
    name,
    { ...field, key: name, name, operations: ['set'], schema: { type: name, system: name }, hasDefaultValue: false },
  ])
  return {
    id: each.id,
    name: each.name,
    to: status(on, project, each.to),
    hasScreen: fields.length > 0,
    isGlobal: false,
    isInitial: false,
    isConditional: false,
    isAvailable: true,
    fields: Object.fromEntries(fields),
  }
}

export const present = { person, priority, type, status, issue, comment, transition }
