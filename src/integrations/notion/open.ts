import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import type { FoundPage } from '../../capabilities/pages.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { listOf } from '../shared/read-answer.ts'
import { createCall } from './client.ts'
import { createPageWriter } from './write-pages.ts'

/** A page as a search gives it; a partial one has but an id. */
interface Page {
  readonly object: string
  readonly url?: string
  readonly last_edited_time?: string
  readonly properties?: Readonly<Record<string, { readonly type?: string; readonly title?: unknown }>>
}

const page = { object: 'text', url: 'text', last_edited_time: 'text', properties: {} } as const

/** The words of a page's title, whatever its property is called. */
function titleOf({ properties = {} }: Page): string {
  const property = Object.values(properties).find(({ type }) => type === 'title')
  const parts = Array.isArray(property?.title) ? (property.title as { plain_text?: string }[]) : []
  return parts.map((part) => part.plain_text ?? '').join('')
}

const readPage = (page: Page): FoundPage => ({
  title: titleOf(page) || '–',
  url: page.url ?? '',
  updatedAt: page.last_edited_time ? Date.parse(page.last_edited_time) : null,
})

/** Opens a connection: what Notion gives to commands, bound to one tenant's access. */
export function openNotion(connection: Connection, tools: ConnectorTools): Connected {
  const call = createCall(connection, tools)
  const { parent } = connection.integration.settings
  const { place, find, create, update } = createPageWriter(call, parent)
  return {
    async test(options) {
      const me = await call((client) => client.users.me({}), options)
      if (me?.type !== 'bot') {
        throw new NoxError('vendor-refused', 'no bot in the answer', {
          forPerson: phrase('error.vendor.address', { vendor: 'Notion' }),
        })
      }
      if (parent !== undefined) await place(options)
      return { account: me.name ?? me.id, missing: [] }
    },
    pages: {
      async search(query, limit, options) {
        const filter = { property: 'object', value: 'page' } as const
        const answer = await call((client) => client.search({ query, filter, page_size: limit }), options)
        return listOf<Page>('Notion', answer?.results, page, ['object'])
          .filter(({ url }) => url !== undefined)
          .map(readPage)
      },
      find,
      create,
      update,
    },
  }
}
