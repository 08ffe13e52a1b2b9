import type { CallOptions } from '../../capabilities/clusters.ts'
import type { SettingValues } from '../../capabilities/connectors.ts'
import type { Pages, WrittenPage } from '../../capabilities/pages.ts'
import type { PageDocument } from '../../domain/page.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { createOnce, noPlaceChosen, takenBack } from '../shared/create-once.ts'
import { listOf, recordOf } from '../shared/read-answer.ts'
import type { ConfluenceClient } from './client.ts'
import { type Attachment, writeStorage } from './write-storage.ts'

interface Page {
  readonly id: string
  readonly version?: { readonly number?: number }
  readonly spaceId?: string
  readonly space?: { readonly key?: string }
  readonly _links?: { readonly webui?: string }
}

const shape = {
  id: 'text',
  version: { number: 'number' },
  spaceId: 'text',
  space: { key: 'text' },
  _links: { webui: 'text' },
} as const

/** A page, or a list of what has an id, as Confluence answered it. @throws NoxError `vendor-failed` where it is none */
const pageIn = (answer: unknown): Page => recordOf<Page>('Confluence', answer, shape, ['id'])
const pagesIn = (answer: unknown): readonly Page[] =>
  listOf<Page>('Confluence', (answer as { results?: unknown } | null)?.results, shape, ['id'])

/** What the two editions call the same things. */
interface Edition {
  /** Of the space: what pages are created in. @throws NoxError where the account sees no such space */
  space(key: string, call: CallOptions): Promise<string>
  /** The same, of the space that a page stands in. */
  spaceAt(id: string, call: CallOptions): Promise<string>
  find(space: string, title: string, call: CallOptions): Promise<Page | undefined>
  create(space: string, parent: string | undefined, title: string, value: string, call: CallOptions): Promise<Page>
  read(id: string, call: CallOptions): Promise<Page>
  update(id: string, version: number, title: string, value: string, call: CallOptions): Promise<Page>
  attach(id: string, attachment: Attachment, call: CallOptions): Promise<void>
  trash(id: string, call: CallOptions): Promise<void>
}

const noSpace = (space: string) =>
  new NoxError('not-found', 'no such space', { forPerson: phrase('confluence.space.none', { space }) })

function formOf({ name, png }: Attachment): FormData {
  const form = new FormData()
  form.append('file', new Blob([png.slice()], { type: 'image/png' }), name)
  form.append('minorEdit', 'true')
  return form
}

/** Confluence Cloud, by v2; attachments are still v1's. */
function cloud({ send }: ConfluenceClient): Edition {
  const body = (value: string) => ({ representation: 'storage', value })
  const at = (id: string) => `/api/v2/pages/${encodeURIComponent(id)}`
  return {
    async space(key, call) {
      const id = pagesIn(await send({ path: '/api/v2/spaces', query: { keys: key, limit: '1' } }, call))[0]?.id
      if (id === undefined) throw noSpace(key)
      return id
    },
    async spaceAt(id, call) {
      return pageIn(await send({ path: at(id) }, call)).spaceId ?? ''
    },
    async find(space, title, call) {
      const query = { 'space-id': space, title, status: 'current', limit: '1' }
      return pagesIn(await send({ path: '/api/v2/pages', query }, call))[0]
    },
    async create(spaceId, parentId, title, value, call) {
      const page = { spaceId, status: 'current', title, body: body(value), ...(parentId ? { parentId } : {}) }
      return pageIn(await send({ method: 'POST', path: '/api/v2/pages', body: page }, call))
    },
    read: async (id, call) => pageIn(await send({ path: at(id) }, call)),
    async update(id, version, title, value, call) {
      const page = { id, status: 'current', title, body: body(value), version: { number: version, message: 'NOX' } }
      return pageIn(await send({ method: 'PUT', path: at(id), body: page }, call))
    },
    async attach(id, attachment, call) {
      const path = `/rest/api/content/${encodeURIComponent(id)}/child/attachment`
      await send({ method: 'PUT', path, body: formOf(attachment) }, call)
    },
    async trash(id, call) {
      await send({ method: 'DELETE', path: at(id) }, call)
    },
  }
}

/** Confluence Data Center, which has v1 alone. */
function dataCenter({ send }: ConfluenceClient): Edition {
  const body = (value: string) => ({ storage: { representation: 'storage', value } })
  const at = (id: string) => `/rest/api/content/${encodeURIComponent(id)}`
  return {
    async space(key, call) {
      try {
        await send({ path: `/rest/api/space/${encodeURIComponent(key)}` }, call)
        return key
      } catch (error) {
        throw error instanceof NoxError && error.facts.status === 404 ? noSpace(key) : error
      }
    },
    async spaceAt(id, call) {
      return pageIn(await send({ path: at(id), query: { expand: 'space' } }, call)).space?.key ?? ''
    },
    async find(spaceKey, title, call) {
      const query = { type: 'page', spaceKey, title, status: 'current', limit: '1' }
      return pagesIn(await send({ path: '/rest/api/content', query }, call))[0]
    },
    async create(key, parentId, title, value, call) {
      const ancestors = parentId ? { ancestors: [{ id: parentId }] } : {}
      const page = { type: 'page', title, space: { key }, body: body(value), ...ancestors }
      return pageIn(await send({ method: 'POST', path: '/rest/api/content', body: page }, call))
    },
    read: async (id, call) => pageIn(await send({ path: at(id), query: { expand: 'version' } }, call)),
    async update(id, version, title, value, call) {
      const page = { type: 'page', title, body: body(value), version: { number: version, message: 'NOX' } }
      return pageIn(await send({ method: 'PUT', path: at(id), body: page }, call))
    },
    async attach(id, attachment, call) {
      const path = `${at(id)}/child/attachment`
      const known = pagesIn(await send({ path, query: { filename: attachment.name, limit: '1' } }, call))
      // The name tells the picture: what is there already is this one.
      if (known.length === 0) await send({ method: 'POST', path, body: formOf(attachment) }, call)
    },
    async trash(id, call) {
      await send({ method: 'DELETE', path: at(id) }, call)
    },
  }
}

/** Writes pages into the space that an admin chose, below a page of it. */
export function createPageWriter(
  client: ConfluenceClient,
  settings: SettingValues,
): Pick<Pages, 'find' | 'create' | 'update'> & { checkPlace(call: CallOptions): Promise<void> } {
  const edition = client.isCloud ? cloud(client) : dataCenter(client)
  const written = ({ id, _links }: Page): WrittenPage => {
    // A data center's own address of a page has its title in it, which changes.
    const way = client.isCloud ? _links?.webui : undefined
    return { id, url: `${client.base}${way ?? `/pages/viewpage.action?pageId=${id}`}` }
  }
  const spaceOf = async (call: CallOptions) => {
    if (settings.parent !== undefined) return edition.spaceAt(settings.parent, call)
    if (settings.space === undefined) throw noPlaceChosen('Confluence')
    return edition.space(settings.space, call)
  }
  const attachAll = async (id: string, attachments: readonly Attachment[], call: CallOptions) => {
    for (const each of attachments) await edition.attach(id, each, call)
  }

  const find: Pages['find'] = async (title, call) => {
    const page = await edition.find(await spaceOf(call), title, call)
    return page ? written(page) : null
  }

  async function write({ title, blocks }: PageDocument, call: CallOptions): Promise<WrittenPage> {
    const { value, attachments } = writeStorage(blocks)
    const page = await edition.create(await spaceOf(call), settings.parent, title, value, call)
    try {
      await attachAll(page.id, attachments, call)
      return written(page)
    } catch (error) {
      await edition.trash(page.id, { signal: AbortSignal.timeout(15_000) }).catch(() => {})
      throw takenBack(error)
    }
  }

  return {
    async checkPlace(call) {
      if (settings.space !== undefined) await edition.space(settings.space, call)
      if (settings.parent !== undefined) await edition.read(settings.parent, call)
    },
    find,
    create: createOnce(find, write),
    async update(id, { title, blocks }, call) {
      const { value, attachments } = writeStorage(blocks)
      await attachAll(id, attachments, call)
      const { version } = await edition.read(id, call)
      return written(await edition.update(id, (version?.number ?? 0) + 1, title, value, call))
    },
  }
}
