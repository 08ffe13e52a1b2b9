import type { JiraSeed, ProjectSeed } from './jira/index.ts'

/** How the sandbox's Jira knows NOX. */
export const jiraAccess = { email: 'nox@societe-x.example', token: 'sandbox-jira-token' } as const

/** Tickets go there where nothing else is said. */
export const jiraProject = 'OPS'

const statuses = [
  { name: 'À faire', category: 'new' },
  { name: 'En cours', category: 'indeterminate' },
  { name: 'En revue', category: 'indeterminate' },
  { name: 'Terminé', category: 'done' },
  { name: 'Abandonné', category: 'done' },
] as const
const open = ['À faire', 'En cours', 'En revue']

const project = (key: string, issues: ProjectSeed['issues']): ProjectSeed => ({
  key,
  types: ['Tâche', 'Bug', 'Story', 'Incident', 'Sous-tâche'],
  statuses,
  createFields: ['description', 'labels', 'priority'],
  transitions: [
    { id: '11', name: 'Commencer', from: ['À faire'], to: 'En cours' },
    { id: '21', name: 'Demander une revue', from: ['En cours'], to: 'En revue' },
    { id: '31', name: 'Abandonner', from: open, to: 'Abandonné' },
    { id: '41', name: 'Terminer', from: open, to: 'Terminé' },
  ],
  issues,
})

/** What Société X keeps in Jira: two projects, in the middle of a working day. */
export const jiraSeed: JiraSeed = {
  people: [
    { accountId: '5b10a2844c20165700ede200', name: 'nox', displayName: 'NOX', email: jiraAccess.email },
    {
      accountId: '5b10a2844c20165700ede201',
      name: 'alice',
      displayName: 'Alice Martin',
      email: 'alice@societe-x.example',
    },
    { accountId: '5b10a2844c20165700ede202', name: 'bob', displayName: 'Bob Dupont', email: 'bob@societe-x.example' },
    {
      accountId: '5b10a2844c20165700ede203',
      name: 'carol',
      displayName: 'Carol Nguyen',
      email: 'carol@societe-x.example',
    },
  ],
  accounts: [
    {
      accountId: '5b10a2844c20165700ede200',
      token: jiraAccess.token,
      permissions: ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'ADD_COMMENTS', 'TRANSITION_ISSUES', 'LINK_ISSUES'],
    },
  ],
  priorities: ['Highest', 'High', 'Medium', 'Low', 'Lowest'],
  projects: [
    project('OPS', [
      {
        number: 118,
        type: 'Incident',
        summary: 'search redémarre en boucle en staging',
        status: 'En cours',
        priority: 'High',
        assignee: '5b10a2844c20165700ede202',
        minutesAgo: 14,
      },
      {
        number: 117,
        type: 'Bug',
        summary: 'mailer dépasse sa limite de mémoire',
        status: 'À faire',
        priority: 'Highest',
        assignee: '5b10a2844c20165700ede203',
        minutesAgo: 35,
      },
      {
        number: 112,
        type: 'Tâche',
        summary: 'Renouveler le certificat de prod-1',
        status: 'En revue',
        priority: 'Medium',
        assignee: '5b10a2844c20165700ede202',
        minutesAgo: 240,
      },
      {
        number: 104,
        type: 'Tâche',
        summary: 'Monter PostgreSQL en version 18',
        status: 'Terminé',
        priority: 'Low',
        assignee: '5b10a2844c20165700ede201',
        minutesAgo: 2_900,
      },
    ]),
    project('WEB', [
      {
        number: 41,
        type: 'Story',
        summary: 'Menus utilisables au clavier',
        status: 'En cours',
        priority: 'Medium',
        assignee: '5b10a2844c20165700ede203',
        minutesAgo: 90,
      },
    ]),
  ],
}
