import type { CallOptions } from '../../capabilities/clusters.ts'
import { foldName } from '../../capabilities/people.ts'
import type { NewTicket, Ticket, TicketPriority, TicketType } from '../../capabilities/tickets.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { listOf, recordOf } from '../shared/read-answer.ts'
import { type JiraClient, JiraFieldError, type JiraRequest } from './client.ts'
import { toDocument, toWiki } from './documents.ts'
import { showIssue } from './issues.ts'
import { quoted, searchIssues } from './search.ts'
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

/** The label that tells which action made a ticket. */
export const actionLabel = (actionId: string): string => `nox-${actionId.toLowerCase()}`

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

async function typeFor(
  client: JiraClient,
  project: string,
  type: TicketType,
  told: ReadonlyMap<string, string>,
  call: CallOptions,
): Promise<Option> {
  const path = `/issue/createmeta/${encodeURIComponent(project)}/issuetypes`
  const all = await readPages(client, { path, what: project }, client.isCloud ? 'issueTypes' : 'values', call)
  const options = all.filter((option) => option.subtask !== true)
  const option = optionFor(type, project, options, told)
  if (option) return option
  const known = { kind: 'list', items: options.map(({ name }) => name) } as const
  throw new NoxError('not-found', `no type for ${type}`, {
    forPerson: phrase('jira.noType', { type: phrase(`ticket.type.${type}`), project, known }),
  })
}

async function priorityFor(
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

/** Makes a ticket, with a label that tells the action and a link back to where it came from. */
export async function createIssue(
  client: JiraClient,
  project: string,
  ticket: NewTicket,
  told: ReadonlyMap<string, string>,
  call: CallOptions,
): Promise<Ticket> {
  const [type, priority] = await Promise.all([
    typeFor(client, project, ticket.type, told, call),
    ticket.priority && priorityFor(client, project, ticket.priority, told, call),
  ])
  const write = client.isCloud ? toDocument : toWiki
  const fields = {
    project: { key: project },
    issuetype: { id: type.id },
    summary: ticket.title.replace(/\s+/g, ' ').slice(0, 255),
    labels: ['nox', actionLabel(ticket.actionId)],
    ...(ticket.description === undefined ? {} : { description: write(ticket.description) }),
    ...(priority ? { priority: { id: priority.id } } : {}),
  }
  const key = await post(client, fields, call)
  if (ticket.source) await linkBack(client, key, ticket.source, ticket.actionId, call)
  const made = await showIssue(client, key, call)
  if (made) return made
  throw new NoxError('vendor-failed', 'a ticket that was made is not shown')
}

async function post(client: JiraClient, fields: Readonly<Record<string, unknown>>, call: CallOptions): Promise<string> {
  const send = async (body: unknown) => {
    const made = await client.send({ method: 'POST', path: '/issue', body }, call)
    return recordOf<{ key: string }>('Jira', made, { key: 'text' }, ['key']).key
  }
  try {
    return await send({ fields })
  } catch (error) {
    if (!(error instanceof JiraFieldError)) throw error
    // A 400 made nothing. A screen without a priority is no reason to refuse; the label is what makes it once.
    const { priority, ...rest } = fields
    if (error.fields.every((name) => name === 'priority') && priority !== undefined) {
      return await send({ fields: rest })
    }
    throw new NoxError('vendor-refused', error.message, {
      forPerson: phrase('jira.fields', { fields: { kind: 'list', items: error.fields } }),
      facts: error.facts,
    })
  }
}

/** A link on the ticket to the thread; one that fails does not undo the ticket. */
async function linkBack(
  client: JiraClient,
  key: string,
  { url, title }: NonNullable<NewTicket['source']>,
  actionId: string,
  call: CallOptions,
): Promise<void> {
  const body = { globalId: actionLabel(actionId), object: { url, title } }
  const path = `/issue/${encodeURIComponent(key)}/remotelink`
  await client.send({ method: 'POST', path, body }, call).catch((error: unknown) => {
    if (call.signal.aborted) throw error
  })
}

/** The ticket that an action made, by its label. */
export async function findCreatedIssue(
  client: JiraClient,
  actionId: string,
  call: CallOptions,
): Promise<Ticket | null> {
  const [found] = await searchIssues(client, `labels = ${quoted(actionLabel(actionId))} ORDER BY created DESC`, 1, call)
  return found ?? null
}
