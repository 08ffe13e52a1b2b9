import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import type { FoundPage } from '../../capabilities/pages.ts'
import { listOf } from '../shared/read-answer.ts'
import { createClient, notConfluence } from './client.ts'
import { createPageWriter } from './write-pages.ts'

interface Found {
  readonly title?: string
  readonly url?: string
  readonly lastModified?: string
}

const found = { title: 'text', url: 'text', lastModified: 'text' } as const

/** Words that a search marks in a title: `@@@hl@@@runbook@@@endhl@@@`. */
const marks = /@@@(?:end)?hl@@@/g

/** A value of CQL: nothing in it is read as CQL. */
const quoted = (value: string): string => `"${value.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`

/** Words alone: a data center hands the text of a search on to Lucene, which reads marks and AND, OR, NOT as its own. */
const plainTerms = (query: string): string =>
  query
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .toLowerCase()
    .trim()

/** Opens a connection: what Confluence gives to commands, bound to one tenant's access. */
export function openConfluence(connection: Connection, tools: ConnectorTools): Connected {
  const { settings } = connection.integration
  const client = createClient(connection, tools)
  const { base } = client
  const get = <T>(path: string, query: Readonly<Record<string, string>>, call: CallOptions) =>
    client.send<T>({ path: `/rest/api${path}`, query }, call)
  const { checkPlace, find, create, update } = createPageWriter(client, settings)

  const readPage = ({ title = '', url = '', lastModified }: Found): FoundPage => ({
    title: title.replace(marks, ''),
    url: `${base}${url.startsWith('/') ? url : `/${url}`}`,
    updatedAt: lastModified ? Date.parse(lastModified) : null,
  })

  return {
    async test(call) {
      const me = await get<Readonly<Record<string, string | undefined>> | null>('/user/current', {}, call)
      const { displayName, publicName, type } = me ?? {}
      const account = displayName ?? publicName
      // A wrong address or a token that is none makes one a nameless visitor, not an error.
      if (account === undefined || type === 'anonymous') throw notConfluence()
      await checkPlace(call)
      return { account, missing: [] }
    },
    pages: {
      async search(query, limit, call) {
        const inSpace = settings.space === undefined ? '' : ` AND space = ${quoted(settings.space)}`
        const words = client.isCloud ? query : plainTerms(query)
        if (words === '') return []
        const cql = `type = page AND ${client.isCloud ? 'siteSearch' : 'text'} ~ ${quoted(words)}${inSpace}`
        const answer = await get<{ results?: unknown } | null>('/search', { cql, limit: String(limit) }, call)
        return listOf<Found>('Confluence', answer?.results, found).map(readPage)
      },
      find,
      create,
      update,
    },
  }
}
