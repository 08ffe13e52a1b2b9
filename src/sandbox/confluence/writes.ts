import type { DoubleAnswer, DoubleFile, DoubleRequest } from '../http-double.ts'
import { refuse } from './refuse.ts'
import { type ConfluencePage, type ConfluenceWorld, isStorage } from './world.ts'

type Json = Readonly<Record<string, unknown>>

const object = (value: unknown): Json => (value !== null && typeof value === 'object' ? (value as Json) : {})
const longestTitle = 255

const refuse2 = (status: number, title: string): DoubleAnswer => ({
  status,
  body: { errors: [{ status, code: 'INVALID_REQUEST_PARAMETER', title, detail: null }] },
})
type Refuse = typeof refuse

const versionOf = ({ version, editedAt }: ConfluencePage) => ({
  number: version,
  createdAt: new Date(editedAt).toISOString(),
  message: '',
  minorEdit: false,
})

const present2 = (world: ConfluenceWorld, page: ConfluencePage) => ({
  id: page.id,
  status: 'current',
  title: page.title,
  spaceId: world.numberOf(page.space),
  ...(page.parent === null ? {} : { parentId: page.parent, parentType: 'page' }),
  createdAt: new Date(page.editedAt).toISOString(),
  version: versionOf(page),
  _links: { webui: `/spaces/${page.space}/pages/${page.id}` },
})

/** Where a data center shows a page: by its title, where that can stand in an address. */
export const wayTo1 = ({ id, space, title }: ConfluencePage): string =>
  /^[\w .-]+$/.test(title) ? `/display/${space}/${title.replaceAll(' ', '+')}` : `/pages/viewpage.action?pageId=${id}`

/** @param expand what is told beside the page itself; without it a single page has all of this */
function present1(page: ConfluencePage, expand: string | null, { origin }: DoubleRequest) {
  const parts = expand?.split(',') ?? ['version', 'space']
  return {
    id: page.id,
    type: 'page',
    status: 'current',
    title: page.title,
    ...(parts.includes('version') ? { version: { number: page.version, minorEdit: false } } : {}),
    ...(parts.includes('space') ? { space: { key: page.space, name: page.space, type: 'global' } } : {}),
    _links: {
      webui: wayTo1(page),
      tinyui: `/x/${page.id}`,
      self: `${origin}/rest/api/content/${page.id}`,
      base: origin,
      context: new URL(origin).pathname.replace(/\/$/, ''),
    },
    _expandable: { ancestors: '', children: `/rest/api/content/${page.id}/child` },
  }
}

/** What is wrong with a title and a body; `null` = nothing. */
function wrongPage(world: ConfluenceWorld, space: string, title: unknown, body: unknown, own?: string): string | null {
  if (typeof title !== 'string' || title.trim() === '' || title.length > longestTitle) return 'Title is not valid'
  const { representation, value } = object(body)
  if (representation !== 'storage' || typeof value !== 'string') return 'The body is not in the storage format'
  if (!isStorage(value)) return 'Error parsing xhtml'
  const twin = world.titled(space, title)
  return twin && twin.id !== own
    ? `A page with this title already exists: A page already exists with the title ${title} in the space`
    : null
}

function change(
  page: ConfluencePage,
  world: ConfluenceWorld,
  sent: Json,
  body: unknown,
  no: Refuse,
): DoubleAnswer | null {
  const wrong = wrongPage(world, page.space, sent.title, body, page.id)
  if (wrong) return no(400, wrong)
  const { number } = object(sent.version)
  if (number !== page.version + 1) {
    return no(
      409,
      `Version must be incremented when updating a page. Current: ${page.version}, provided: ${String(number)}`,
    )
  }
  page.title = String(sent.title)
  page.body = String(object(body).value)
  page.version += 1
  page.editedAt = world.now()
  return null
}

/** Requests to `/api/v2`, which the cloud alone has. */
export function answer2(world: ConfluenceWorld, path: string, { method, query, body }: DoubleRequest): DoubleAnswer {
  const sent = object(body)
  if (path === '/spaces' && method === 'GET') {
    const key = query.get('keys') ?? ''
    const found = world.hasSpace(key)
      ? [{ id: world.numberOf(key), key, name: key, type: 'global', status: 'current' }]
      : []
    return { status: 200, body: { results: found, _links: {} } }
  }
  if (path === '/pages' && method === 'GET') {
    const page = world.titled(world.keyOf(query.get('space-id') ?? '') ?? '', query.get('title') ?? '')
    return { status: 200, body: { results: page ? [present2(world, page)] : [], _links: {} } }
  }
  if (path === '/pages' && method === 'POST') {
    const space = world.keyOf(String(sent.spaceId))
    if (space === undefined) return refuse2(404, 'Space not found')
    const parent = sent.parentId === undefined ? null : String(sent.parentId)
    if (parent !== null && !world.page(parent)) return refuse2(404, 'Parent page not found')
    const wrong = wrongPage(world, space, sent.title, sent.body)
    if (wrong) return refuse2(400, wrong)
    const page = world.add(space, parent, String(sent.title), String(object(sent.body).value))
    return { status: 200, body: present2(world, page) }
  }
  const page = world.page(/^\/pages\/(\d+)$/.exec(path)?.[1] ?? '')
  if (!page) return refuse2(404, 'Not Found')
  if (method === 'GET') return { status: 200, body: present2(world, page) }
  if (method === 'PUT') {
    if (sent.id !== page.id || sent.status !== 'current') return refuse2(400, 'The id does not match the page')
    return change(page, world, sent, sent.body, refuse2) ?? { status: 200, body: present2(world, page) }
  }
  if (method !== 'DELETE') return refuse2(405, 'Method not allowed')
  page.isTrashed = true
  return { status: 204 }
}

/** Attachments of a page: v1 in both editions; to create or update at once is the cloud's alone. */
export function answerAttachment(
  world: ConfluenceWorld,
  id: string,
  request: DoubleRequest,
  isCloud: boolean,
): DoubleAnswer {
  const { method, headers, body, query } = request
  const page = world.page(id)
  if (!page) return refuse(404, 'No content found with id')
  const list = (names: readonly string[]) => {
    const results = names.map((name) => ({ id: `att-${name}`, type: 'attachment', status: 'current', title: name }))
    return { status: 200, body: { results, start: 0, limit: 25, size: results.length, _links: {} } }
  }
  if (method === 'GET') return list([...page.attachments.keys()].filter((name) => name === query.get('filename')))
  if (headers['x-atlassian-token'] !== 'no-check') return refuse(403, 'XSRF check failed')
  const file = object(body).file as DoubleFile | undefined
  if (!(file?.bytes instanceof Uint8Array)) return refuse(400, 'At least one file is required')
  if (method === 'POST' ? page.attachments.has(file.filename) : !(method === 'PUT' && isCloud)) {
    return method === 'POST'
      ? refuse(400, `Cannot add a new attachment with same file name as an existing attachment: ${file.filename}`)
      : refuse(405, 'Method not allowed')
  }
  page.attachments.set(file.filename, file.bytes)
  return list([file.filename])
}

/** Pages by v1, which a data center has. */
export function answer1(world: ConfluenceWorld, path: string, request: DoubleRequest): DoubleAnswer {
  const { method, query, body } = request
  const sent = object(body)
  const storage = object(object(sent.body).storage)
  const spaceKey = /^\/space\/([^/]+)$/.exec(path)?.[1]
  if (spaceKey !== undefined && method === 'GET') {
    const key = decodeURIComponent(spaceKey)
    return world.hasSpace(key) ? { status: 200, body: { key, name: key, type: 'global' } } : refuse(404, 'No space')
  }
  if (path === '/content' && method === 'GET') {
    const space = query.get('spaceKey') ?? ''
    if (!world.hasSpace(space)) return refuse(404, `No space with key : ${space}`)
    const page = world.titled(space, query.get('title') ?? '')
    const results = page ? [present1(page, query.get('expand') ?? '', request)] : []
    return { status: 200, body: { results, start: 0, limit: 1, size: page ? 1 : 0 } }
  }
  if (path === '/content' && method === 'POST') {
    const space = String(object(sent.space).key)
    if (sent.type !== 'page' || !world.hasSpace(space)) return refuse(404, 'No space with key')
    const [ancestor] = Array.isArray(sent.ancestors) ? (sent.ancestors as Json[]) : []
    if (ancestor && !world.page(String(ancestor.id))) return refuse(404, 'No parent')
    const wrong = wrongPage(world, space, sent.title, storage)
    if (wrong) return refuse(400, wrong)
    const page = world.add(space, ancestor ? String(ancestor.id) : null, String(sent.title), String(storage.value))
    return { status: 200, body: present1(page, null, request) }
  }
  const page = world.page(/^\/content\/(\d+)$/.exec(path)?.[1] ?? '')
  if (!page) return refuse(404, 'No content found with id')
  if (method === 'GET') return { status: 200, body: present1(page, query.get('expand'), request) }
  if (method === 'PUT') {
    if (sent.type !== 'page') return refuse(400, 'type must be set for update')
    return change(page, world, sent, storage, refuse) ?? { status: 200, body: present1(page, null, request) }
  }
  if (method !== 'DELETE') return refuse(405, 'Method not allowed')
  page.isTrashed = true
  return { status: 204 }
}
