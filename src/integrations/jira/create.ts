import type { CallOptions } from '../../capabilities/clusters.ts'
import type { NewTicket, Ticket } from '../../capabilities/tickets.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { recordOf } from '../shared/read-answer.ts'
import { type JiraClient, JiraFieldError } from './client.ts'
import { writeText } from './documents.ts'
import { showIssue } from './issues.ts'
import { noProject, priorityFor, typeFor } from './options.ts'
import { quoted, searchIssues } from './search.ts'

/** What Jira takes in a summary (characters). */
const longestSummary = 255

/** The label that tells which action made a ticket. */
export const actionLabel = (actionId: string): string => `nox-${actionId.toLowerCase()}`

/** A title on one line, as long as Jira takes it; what that leaves out stands in the description. */
function describe({ title, description }: NewTicket): { summary: string; description?: string } {
  const line = title.trim().replace(/\s+/g, ' ')
  if (line.length <= longestSummary) return { summary: line, ...(description === undefined ? {} : { description }) }
  const summary = `${line.slice(0, longestSummary - 1).toWellFormed()}…`
  return { summary, description: description === undefined ? title : `${title}\n\n${description}` }
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
  const { summary, description } = describe(ticket)
  const fields = {
    project: { key: project },
    issuetype: { id: type.id },
    summary,
    labels: ['nox', actionLabel(ticket.actionId)],
    ...(description === undefined ? {} : { description: writeText(client.isCloud, description) }),
    ...(priority ? { priority: { id: priority.id } } : {}),
  }
  const key = await post(client, project, fields, call)
  if (ticket.source) await linkBack(client, key, ticket.source, ticket.actionId, call)
  const made = await showIssue(client, key, call)
  if (made) return made
  throw new NoxError('vendor-failed', 'a ticket that was made is not shown')
}

async function post(
  client: JiraClient,
  project: string,
  fields: Readonly<Record<string, unknown>>,
  call: CallOptions,
): Promise<string> {
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
    if (error.fields.some((name) => name === 'project' || name === 'pid')) throw noProject(project, error)
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
