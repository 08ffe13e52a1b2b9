import type { CallOptions } from '../../capabilities/clusters.ts'
import { foldName } from '../../capabilities/people.ts'
import type { TicketPriority, TicketType } from '../../capabilities/tickets.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { listOf } from '../shared/read-answer.ts'
import { type JiraClient, JiraFieldError, type JiraRequest } from './client.ts'
import type { Word } from './settings.ts'

/** Names that projects give to types and priorities, the likeliest first; an admin may tell others. */
const usual: Readonly<Record<Word, readonly string[]>> = {
  incident: ['incident', '[system] incident', 'problem', 'probleme', 'bug', 'anomalie'],
  bug: ['bug', 'anomalie', 'defect', 'bogue'],
  task: ['task', 'tache'],
  story: ['story', 'user story', 'recit'],
  low: ['low', 'basse', 'faible', 'minor', 'mineure'],
  medium: ['medium', 'moyenne', 'normale', 'normal', 'major', 'majeure'],
  high: ['high', 'haute', 'elevee', 'critical', 'critique'],
  highest: [
    'highest',
    'la plus haute',
    'tres haute',
    'urgent',
    'urgente',
    'blocker',
    'bloquante',
    'critical',
    'critique',
  ],
}

/** Pages of a list that are read: no project has more types. */
const mostPages = 10

interface Page {
  readonly issueTypes?: unknown
  readonly values?: unknown
  readonly total?: number
  readonly isLast?: boolean
}

interface Option {
  readonly id: string
  readonly name: string
  readonly subtask?: boolean
}

const optionsIn = (answer: unknown) =>
  listOf<Option>('Jira', answer, { id: 'text', name: 'text', subtask: 'switch' }, ['id', 'name'])

/** Jira does not let the account write to a project, or knows none of this name: it says the same of both. */
export const noProject = (project: string, { message, facts }: NoxError): NoxError =>
  new NoxError('not-found', message, {
    forPerson: phrase('error.vendor.notFound', { vendor: 'Jira', what: project }),
    facts,
  })

/** All that stands under a name in a list that comes in pages; an edition gives fewer in each than it was asked for. */
async function readPages(
  client: JiraClient,
  request: JiraRequest,
  name: 'issueTypes' | 'values',
  call: CallOptions,
): Promise<readonly Option[]> {
  const found: Option[] = []
  for (let page = 0; page < mostPages; page += 1) {
    const query = { startAt: String(found.length), maxResults: '100' }
    const answer = await client.send<Page | null>({ ...request, query }, call)
    const some = optionsIn(answer?.[name])
    found.push(...some)
    if (some.length === 0 || answer?.isLast === true || found.length >= (answer?.total ?? 0)) break
  }
  return found
}

/** What a project calls a word: as an admin told it, else by its usual names. */
function optionFor(word: Word, project: string, options: readonly Option[], told: ReadonlyMap<string, string>) {
  const own = told.get(`${project}.${word}`) ?? told.get(word)
  const wanted = own === undefined ? usual[word] : [foldName(own)]
  for (const name of wanted) {
    const found = options.find((option) => foldName(option.name) === name)
    if (found) return found
  }
  return undefined
}

/** What a project calls a type. @throws NoxError where it has none, or is none that the account may write to */
export async function typeFor(
  client: JiraClient,
  project: string,
  type: TicketType,
  told: ReadonlyMap<string, string>,
  call: CallOptions,
): Promise<Option> {
  const path = `/issue/createmeta/${encodeURIComponent(project)}/issuetypes`
  const name = client.isCloud ? 'issueTypes' : 'values'
  const all = await readPages(client, { path, what: project }, name, call).catch((error: unknown) => {
    throw error instanceof JiraFieldError ? noProject(project, error) : error
  })
  const options = all.filter((option) => option.subtask !== true)
  const option = optionFor(type, project, options, told)
  if (option) return option
  const known = { kind: 'list', items: options.map(({ name }) => name) } as const
  throw new NoxError('not-found', `no type for ${type}`, {
    forPerson: phrase('jira.noType', { type: phrase(`ticket.type.${type}`), project, known }),
  })
}

/** What a project calls a priority; absent = nothing like it. */
export async function priorityFor(
  client: JiraClient,
  project: string,
  priority: TicketPriority,
  told: ReadonlyMap<string, string>,
  call: CallOptions,
): Promise<Option | undefined> {
  if (client.isCloud) {
    return optionFor(priority, project, await readPages(client, { path: '/priority/search' }, 'values', call), told)
  }
  const all = optionsIn(await client.send({ path: '/priority' }, call))
  return optionFor(priority, project, all, told)
}
