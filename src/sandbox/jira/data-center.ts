import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'
import { type KnownOperation, unknownIn } from '../known-operations.ts'

/**
 * REST API 2 of Jira Data Center as far as NOX speaks it, with all that each operation takes. From Atlassian's reference
 * of that API (9 and 10): there is no description of it that tests could read.
 */
export const jiraOperations: readonly KnownOperation[] = [
  { method: 'GET', path: '/myself', query: ['expand'] },
  // No list of permissions: all are answered.
  { method: 'GET', path: '/mypermissions', query: ['projectKey', 'projectId', 'issueKey', 'issueId'] },
  { method: 'GET', path: '/priority' },
  {
    method: 'GET',
    path: '/user/search',
    query: ['username', 'startAt', 'maxResults', 'includeActive', 'includeInactive'],
  },
  {
    method: 'POST',
    path: '/search',
    body: { jql: true, startAt: true, maxResults: true, validateQuery: true, fields: true, expand: true },
  },
  { method: 'GET', path: '/issue/createmeta/{project}/issuetypes', query: ['startAt', 'maxResults'] },
  {
    method: 'POST',
    path: '/issue',
    query: ['updateHistory'],
    body: { fields: true, update: true, transition: true, historyMetadata: true, properties: true },
  },
  { method: 'GET', path: '/issue/{key}', query: ['fields', 'expand', 'properties', 'updateHistory'] },
  { method: 'GET', path: '/issue/{key}/comment', query: ['startAt', 'maxResults', 'orderBy', 'expand'] },
  {
    method: 'POST',
    path: '/issue/{key}/comment',
    query: ['expand'],
    body: { body: true, visibility: true, properties: true },
  },
  {
    method: 'POST',
    path: '/issue/{key}/remotelink',
    body: {
      globalId: true,
      application: true,
      relationship: true,
      object: { url: true, title: true, summary: true, icon: true, status: true },
    },
  },
  { method: 'GET', path: '/issue/{key}/transitions', query: ['expand', 'transitionId'] },
  {
    method: 'POST',
    path: '/issue/{key}/transitions',
    query: ['expand'],
    body: { transition: { id: true }, fields: true, update: true, historyMetadata: true, properties: true },
  },
]

/** A page of the server, where an API would answer JSON. */
const page = (status: number, title: string): DoubleAnswer => ({
  status,
  file: { type: 'text/html;charset=UTF-8', bytes: Buffer.from(`<html><head><title>${title}</title></head></html>`) },
})

/** What a data center says of a token that it does not know: a page. */
export const unauthorized = (): DoubleAnswer => ({
  ...page(401, 'Unauthorized (401)'),
  headers: { 'www-authenticate': 'OAuth realm="https%3A%2F%2Fjira"', 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
})

/** What a data center does not take of a request; `null` = nothing. A parameter that it would not heed is refused here. */
export function refusedByDataCenter(path: string, request: DoubleRequest): DoubleAnswer | null {
  const unknown = unknownIn(jiraOperations, path, request)
  if (!unknown) return null
  if (unknown.kind === 'operation') return page(404, 'Oops, you&#39;ve found a dead link.')
  if (unknown.kind === 'type') return page(415, 'Unsupported Media Type')
  const message =
    unknown.kind === 'query'
      ? `Query parameter "${unknown.name}" is none of this operation`
      : `Unrecognized field "${unknown.name}" (Class com.atlassian.jira.rest), not marked as ignorable`
  return { status: 400, body: { errorMessages: [message], errors: {} } }
}
