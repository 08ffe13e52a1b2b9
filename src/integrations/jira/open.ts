import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connected, Connection, ConnectionTest, ConnectorTools } from '../../capabilities/connectors.ts'
import { foldName } from '../../capabilities/people.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { listOf, recordOf } from '../shared/read-answer.ts'
import { createClient, type JiraClient } from './client.ts'
import { createIssue, findCreatedIssue } from './create.ts'
import { addComment, closeIssue, hasComment, showIssue } from './issues.ts'
import { listIssues } from './search.ts'
import { projectKey, readIds, readNames } from './settings.ts'

/** What the commands need in the default project. */
const needs = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'ADD_COMMENTS', 'TRANSITION_ISSUES', 'LINK_ISSUES'] as const

interface Person {
  readonly accountId?: string
  /** A data center's id of a person. */
  readonly name?: string
  readonly displayName?: string
  readonly active?: boolean
}

const person = { accountId: 'text', name: 'text', displayName: 'text', active: 'switch' } as const

async function testAccess(client: JiraClient, project: string, call: CallOptions): Promise<ConnectionTest> {
  const me = await client.send<Person>({ path: '/myself' }, call)
  if (typeof me?.displayName !== 'string') {
    throw new NoxError('vendor-refused', 'no user in the answer', {
      forPerson: phrase('error.vendor.address', { vendor: 'Jira' }),
    })
  }
  // A data center tells of every right, the cloud of those that are asked for.
  const query = { projectKey: project, ...(client.isCloud ? { permissions: needs.join(',') } : {}) }
  const answer = await client.send({ path: '/mypermissions', query, what: project }, call)
  const { permissions } = recordOf<{ permissions: Record<string, { havePermission?: boolean }> }>(
    'Jira',
    answer,
    { permissions: {} },
    ['permissions'],
  )
  const missing = needs.filter((need) => permissions[need]?.havePermission !== true)
  return { account: me.displayName, missing: missing.map((need) => `${project}: ${need}`) }
}

/** The one person of this name; a likeness is nobody. */
async function findPerson(client: JiraClient, name: string, call: CallOptions): Promise<string | null> {
  const query = { [client.isCloud ? 'query' : 'username']: name, maxResults: '20' }
  const found = await client.send({ path: '/user/search', query }, call)
  const same = listOf<Person>('Jira', found, person).filter(
    (each) => each.active !== false && foldName(each.displayName ?? '') === foldName(name),
  )
  const [only] = same
  return same.length === 1 && only ? ((client.isCloud ? only.accountId : only.name) ?? null) : null
}

/** Opens a connection: everything that Jira gives to commands, bound to one tenant's access. */
export function openJira(connection: Connection, tools: ConnectorTools): Connected {
  const { settings } = connection.integration
  const client = createClient(connection, tools)
  const defaultProject = settings.project ?? ''
  const names = readNames(settings.names ?? '') ?? new Map<string, string>()
  const people = readIds(settings.people ?? '') ?? new Map<string, string>()
  const projectOf = (project = defaultProject): string => {
    const key = project.toUpperCase()
    if (projectKey.test(key)) return key
    throw new NoxError('bad-input', 'not a project key', { forPerson: phrase('jira.project.key') })
  }
  return {
    test: (call) => testAccess(client, defaultProject, call),
    tickets: {
      defaultProject,
      create: async (ticket, call) => createIssue(client, projectOf(ticket.project), ticket, names, call),
      findCreated: (actionId, call) => findCreatedIssue(client, actionId, call),
      show: (key, call) => showIssue(client, key, call),
      list: async (filter, call) => listIssues(client, projectOf(filter.project), filter, call),
      comment: (key, text, signature, call) => addComment(client, key, text, signature, call),
      hasComment: (key, signature, call) => hasComment(client, key, signature, call),
      close: (key, call) => closeIssue(client, key, call),
      findPerson: async (name, call) => people.get(foldName(name)) ?? findPerson(client, name, call),
    },
  }
}
