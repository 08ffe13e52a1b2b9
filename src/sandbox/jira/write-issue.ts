import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'
import { type Presenter, present } from './present.ts'
import type { JiraWorld, ProjectSeed, WorldIssue } from './world.ts'

/** Who sends a request, with what they may do. */
export interface Caller {
  readonly accountId: string
  readonly permissions: readonly string[]
}

/** What Jira says of a request that it refuses. */
export const refuse = (
  status: number,
  message: string,
  errors: Readonly<Record<string, string>> = {},
): DoubleAnswer => ({
  status,
  body: { errorMessages: message === '' ? [] : [message], errors },
})
const denied = () => refuse(403, 'You do not have the permission to do this.')

type Fields = Readonly<Record<string, unknown>>
/** The fields of an object; none of anything else. */
export const record = (value: unknown): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {})

/** `jira.text.field.character.limit`. */
const longestText = 32_767

const numberOf = ({ key }: WorldIssue) => Number(key.split('-')[1])

/** What adds to the simulated site. */
export function createWriter(options: {
  readonly world: JiraWorld
  readonly isCloud: boolean
  readonly now: () => number
  typeId(project: ProjectSeed, name: string): string
}) {
  const { world, isCloud, now, typeId } = options

  /** What is wrong with a description or a comment; `null` = nothing. */
  function wrongText(value: unknown): string | null {
    const isText = isCloud ? record(value).type === 'doc' : typeof value === 'string' && value !== ''
    if (!isText) return isCloud ? 'Operation value must be an Atlassian Document' : 'Operation value must be a string'
    const { length } = typeof value === 'string' ? value : JSON.stringify(value)
    return length > longestText
      ? 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.'
      : null
  }

  function create({ body }: DoubleRequest, on: Presenter, caller: Caller): DoubleAnswer {
    const { seed } = on
    const fields = record(record(body).fields)
    const project = seed.projects.find(({ key }) => key === record(fields.project).key)
    if (!project) return refuse(400, '', { project: 'valid project is required' })
    if (!caller.permissions.includes('CREATE_ISSUES')) {
      return isCloud ? denied() : refuse(400, '', { project: 'You cannot create issues in this project.' })
    }
    const type = project.types.find((name) => typeId(project, name) === record(fields.issuetype).id)
    const errors: Record<string, string> = {}
    if (!type) errors.issuetype = 'Specify a valid issue type'
    const { summary, description, labels } = fields
    if (typeof summary !== 'string' || summary.trim() === '')
      errors.summary = 'You must specify a summary of the issue.'
    else if (summary.length > 255) errors.summary = 'Summary must be less than 255 characters.'
    else if (/[\r\n]/.test(summary)) errors.summary = 'The summary is invalid because it contains newline characters.'
    for (const name of Object.keys(fields)) {
      if (['project', 'issuetype', 'summary'].includes(name) || project.createFields.includes(name)) continue
      errors[name] = `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`
    }
    const wrong = description === undefined ? null : wrongText(description)
    if (wrong !== null) errors.description = wrong
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

  function comment({ body }: DoubleRequest, on: Presenter, caller: Caller, issue: WorldIssue): DoubleAnswer {
    if (!caller.permissions.includes('ADD_COMMENTS')) return denied()
    const text = record(body).body
    const wrong = wrongText(text)
    if (wrong !== null) return refuse(400, '', { comment: wrong })
    const made = { id: world.nextId(), author: caller.accountId, body: text, createdAt: now() }
    issue.comments.push(made)
    issue.updatedAt = made.createdAt
    return { status: 201, body: present.comment(on, issue, made) }
  }

  function link({ body }: DoubleRequest, on: Presenter, caller: Caller, issue: WorldIssue): DoubleAnswer {
    if (!caller.permissions.includes('LINK_ISSUES')) return denied()
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

  return { create, comment, link }
}
