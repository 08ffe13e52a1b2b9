import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Ticket, TicketFilter } from '../../capabilities/tickets.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import type { JiraClient } from './client.ts'
import { issueFields, issuesIn, readIssue } from './read-issue.ts'

/** A value of JQL: nothing in it is read as JQL. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`

/** Issues by JQL: the cloud's current endpoint, a data center's own. */
export async function searchIssues(
  client: JiraClient,
  jql: string,
  limit: number,
  call: CallOptions,
): Promise<readonly Ticket[]> {
  const path = client.isCloud ? '/search/jql' : '/search'
  const body = { jql, maxResults: limit, fields: issueFields }
  const answer = await client.send<{ issues?: unknown } | null>({ method: 'POST', path, body }, call)
  return issuesIn(answer?.issues).map((issue) => readIssue(issue, client.site))
}

/** Tickets of one project, the last changed first. */
export async function listIssues(
  client: JiraClient,
  project: string,
  { state, assignee, limit }: TicketFilter,
  call: CallOptions,
): Promise<readonly Ticket[]> {
  const clauses = [
    `project = ${quoted(project)}`,
    ...(state === 'all' ? [] : [`statusCategory ${state === 'open' ? '!=' : '='} Done`]),
    ...(assignee === undefined ? [] : [`assignee = ${quoted(assignee)}`]),
  ]
  try {
    return await searchIssues(client, `${clauses.join(' AND ')} ORDER BY updated DESC`, limit, call)
  } catch (error) {
    // A data center refuses the name of a person that it does not know; the cloud finds nothing.
    if (client.isCloud || assignee === undefined || !(error instanceof NoxError) || error.facts.status !== 400)
      throw error
    const forPerson = phrase('error.vendor.notFound', { vendor: 'Jira', what: assignee })
    throw new NoxError('not-found', error.message, { forPerson, facts: error.facts })
  }
}
