import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'
import { type KnownOperation, unknownIn } from '../known-operations.ts'
import { refuse } from './refuse.ts'

const written = {
  id: true,
  type: true,
  title: true,
  status: true,
  space: { key: true },
  body: { storage: { value: true, representation: true } },
  ancestors: { id: true },
  version: { number: true, message: true, minorEdit: true },
} as const

/**
 * The REST API of Confluence Data Center as far as NOX speaks it, with all that each operation takes. From Atlassian's
 * reference of that API (8 and 9): there is no description of it that tests could read.
 */
export const confluenceOperations: readonly KnownOperation[] = [
  { method: 'GET', path: '/user/current', query: ['expand'] },
  {
    method: 'GET',
    path: '/search',
    query: ['cql', 'cqlcontext', 'excerpt', 'expand', 'start', 'limit', 'includeArchivedSpaces'],
  },
  { method: 'GET', path: '/space/{key}', query: ['expand'] },
  {
    method: 'GET',
    path: '/content',
    query: ['type', 'spaceKey', 'title', 'status', 'postingDay', 'expand', 'start', 'limit'],
  },
  { method: 'POST', path: '/content', query: ['status', 'expand'], body: written },
  { method: 'GET', path: '/content/{id}', query: ['status', 'version', 'expand'] },
  { method: 'PUT', path: '/content/{id}', query: ['status', 'conflictPolicy', 'expand'], body: written },
  { method: 'DELETE', path: '/content/{id}', query: ['status'] },
  {
    method: 'GET',
    path: '/content/{id}/child/attachment',
    query: ['filename', 'mediaType', 'expand', 'start', 'limit'],
  },
  {
    method: 'POST',
    path: '/content/{id}/child/attachment',
    query: ['expand', 'status'],
    body: { file: true, comment: true, minorEdit: true, hidden: true },
  },
]

/** What a data center does not take of a request; `null` = nothing. A parameter that it would not heed is refused here. */
export function refusedByDataCenter(path: string, request: DoubleRequest): DoubleAnswer | null {
  const unknown = unknownIn(confluenceOperations, path, request)
  if (!unknown) return null
  switch (unknown.kind) {
    case 'operation':
      return refuse(request.method === 'PUT' ? 405 : 404, 'null for uri')
    case 'type':
      return refuse(415, 'Unsupported Media Type')
    case 'query':
      return refuse(400, `Query parameter "${unknown.name}" is none of this operation`)
    case 'key':
      return refuse(400, `Unrecognized field "${unknown.name}", not marked as ignorable`)
  }
}

/**
 * The words that a clause `text ~ "…"` looks for; `null` = Lucene cannot read it: its own marks must be escaped.
 * @param value without the quotes of CQL
 */
export function luceneTerms(value: string): readonly string[] | null {
  const whole = value.replace(/\\[-+&|!(){}[\]^"~*?:\\/]/g, ' ').replace(/"[^"]*"/g, (text) => text.slice(1, -1))
  if (/[(){}[\]^"~:\\/]/.test(whole) || /(?:^|\s)(?:AND|OR|NOT)(?:\s|$)/.test(whole)) return null
  const terms = whole.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return terms.some((term) => term !== '') ? terms.filter((term) => term !== '') : null
}
