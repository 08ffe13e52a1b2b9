import type { Connected } from '../../src/capabilities/connectors.ts'
import { jira } from '../../src/integrations/jira/index.ts'
import { createJiraDouble, type JiraDouble, type JiraSeed } from '../../src/sandbox/jira/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'

export type Edition = 'cloud' | 'datacenter'

const all = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'ADD_COMMENTS', 'TRANSITION_ISSUES', 'LINK_ISSUES']
const resolution = {
  required: true,
  allowedValues: [
    { id: '1', name: 'Won’t Do' },
    { id: '2', name: 'Done' },
  ],
}
const statuses = [
  { name: 'To Do', category: 'new' },
  { name: 'In Progress', category: 'indeterminate' },
  { name: 'Won’t do', category: 'done' },
  { name: 'Released', category: 'done' },
] as const
const project = (key: string, over: Partial<JiraSeed['projects'][number]>): JiraSeed['projects'][number] => ({
  key,
  types: ['Sub-task', 'Task', 'Bug', 'Story'],
  statuses,
  createFields: ['description', 'labels', 'priority'],
  transitions: [
    { id: '2', name: 'Reject', from: ['To Do', 'In Progress'], to: 'Won’t do' },
    { id: '3', name: 'Ship', from: ['In Progress'], to: 'Released', fields: { resolution } },
    { id: '4', name: 'Start', from: ['To Do'], to: 'In Progress' },
  ],
  issues: [
    {
      number: 1,
      type: 'Bug',
      summary: 'One',
      status: 'In Progress',
      priority: 'High',
      assignee: 'a:bob',
      minutesAgo: 5,
    },
    { number: 2, type: 'Task', summary: 'Two', status: 'Released', priority: 'Low', minutesAgo: 50 },
    { number: 3, type: 'Task', summary: 'Three', status: 'To Do', priority: 'Low', assignee: 'a:eve', minutesAgo: 1 },
  ],
  ...over,
})

export const seed: JiraSeed = {
  people: [
    { accountId: 'a:nox', name: 'nox', displayName: 'NOX', email: 'nox@acme.example' },
    { accountId: 'a:bob', name: 'bob', displayName: 'Bob Dupont', email: 'bob@acme.example' },
    { accountId: 'a:eve', name: 'eve', displayName: 'Ève Roy', email: 'eve@acme.example' },
    { accountId: 'a:eve2', name: 'eve2', displayName: 'Eve Roy', email: 'eve2@acme.example' },
  ],
  accounts: [
    { accountId: 'a:nox', token: 'jira-all', permissions: all },
    { accountId: 'a:nox', token: 'jira-narrow', permissions: ['BROWSE_PROJECTS'] },
  ],
  priorities: ['Highest', 'High', 'Medium', 'Low'],
  projects: [
    project('OPS', {}),
    project('DEV', { types: ['Anomalie', 'Tâche', 'Récit'], createFields: ['labels'] }),
    project('BIG', { types: Array.from({ length: 120 }, (_, at) => `Kind ${at}`), issues: [] }),
    project('RAW', { createFields: ['description'], issues: [] }),
  ],
}

export interface JiraUnderTest {
  readonly double: JiraDouble
  connect(token: string, more?: Record<string, string>): Promise<Connected>
  close(): Promise<void>
}

/** A simulated Jira of an edition, and NOX's client connected to it over HTTP. */
export async function startJira(edition: Edition): Promise<JiraUnderTest> {
  // A data center often stands below a path of its own.
  const double = createJiraDouble({ seed, edition, basePath: edition === 'cloud' ? '' : '/jira' })
  const { url } = await double.listen()
  const connectors = createConnectors([jira], { allowPrivate: ['127.0.0.1'], now: Date.now })
  return {
    double,
    connect: (token, more = {}) =>
      connectors.open({
        integration: {
          tenantId: 'T1',
          vendor: 'jira',
          settings: { edition, url, email: 'nox@acme.example', project: 'OPS', ...more },
          account: '',
          connectedAt: 0,
          checkedAt: 0,
          failingSince: null,
        },
        secrets: { token },
      }),
    async close() {
      await connectors.close()
      await double.close()
    },
  }
}
