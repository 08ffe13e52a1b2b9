import type { DoubleAnswer, DoubleFile, DoubleRequest } from '../http-double.ts'
import { blocksProblem, richTextProblem } from './check-blocks.ts'
import { idOf } from './ids.ts'
import { presentChild, presentPage } from './present.ts'
import { invalid, notFound } from './refusals.ts'
import { databaseIdOf, dataSourceIdOf, type NotionPage, type NotionWorld, type Parent, pageTitle } from './world.ts'

type Json = Readonly<Record<string, unknown>>

const object = (value: unknown): Json => (value !== null && typeof value === 'object' ? (value as Json) : {})
const longestRequest = 500_000

function parentOf(world: NotionWorld, value: unknown): Parent | null {
  const { page_id: pageId, data_source_id: sourceId } = object(value)
  if (typeof pageId === 'string' && world.page(pageId)) return { type: 'page_id', page_id: pageId }
  const source = typeof sourceId === 'string' ? world.dataSourceOf(sourceId) : undefined
  if (!source) return null
  const { title } = source
  return { type: 'data_source_id', data_source_id: dataSourceIdOf(title), database_id: databaseIdOf(title) }
}

/** The title in properties; a property that is not there is refused. */
function titleIn(properties: unknown, property: string): { title?: string; problem?: string } {
  const strange = Object.keys(object(properties)).find((name) => name !== property)
  if (strange) return { problem: `${strange} is not a property that exists.` }
  const { title } = object(object(properties)[property])
  if (title === undefined) return {}
  const problem = richTextProblem(title, `body.properties.${property}.title`)
  if (problem) return { problem }
  return { title: (title as readonly Json[]).map((each) => String(object(each.text).content)).join('') }
}

const store = (world: NotionWorld, page: NotionPage, children: unknown) => {
  const added = (children as readonly Json[]).map((content) => ({ id: world.newId('block'), content }))
  page.blocks.push(...added)
  page.editedAt = world.now()
  return added.map(({ id }) => ({ object: 'block', id }))
}

const strangeKey = (body: Json, known: readonly string[]) => Object.keys(body).find((key) => !known.includes(key))

/** POST /v1/pages, below a page or in a data source, with its first blocks. */
export function createPage(world: NotionWorld, { body, origin }: DoubleRequest): DoubleAnswer {
  const { parent: wanted, properties, children = [] } = object(body)
  const strange = strangeKey(object(body), ['parent', 'properties', 'children'])
  if (strange) return invalid(`body.${strange} should be not present`)
  if (JSON.stringify(body).length > longestRequest) return invalid('The request body is too large.')
  const parent = parentOf(world, wanted)
  if (!parent) return notFound('page')
  const source = parent.type === 'data_source_id' ? world.dataSourceOf(parent.data_source_id) : undefined
  const { title, problem } = titleIn(properties, source?.property ?? pageTitle)
  const wrong = problem ?? blocksProblem(world, children)
  if (wrong) return invalid(wrong)
  const at = world.now()
  const page: NotionPage = {
    id: world.newId('page'),
    title: title ?? '',
    words: '',
    parent,
    createdAt: at,
    editedAt: at,
    inTrash: false,
    blocks: [],
  }
  world.pages.push(page)
  store(world, page, children)
  return { status: 200, body: presentPage(world, page, origin) }
}

/** PATCH /v1/pages: the title, the trash, or all blocks erased. */
export function updatePage(world: NotionWorld, page: NotionPage, { body, origin }: DoubleRequest): DoubleAnswer {
  const { properties = {}, erase_content: erase, in_trash: trash } = object(body)
  const strange = strangeKey(object(body), ['properties', 'erase_content', 'in_trash'])
  if (strange) return invalid(`body.${strange} should be not present`)
  if (page.inTrash && trash !== false) return invalid("Can't edit block that is archived.")
  const { title, problem } = titleIn(properties, world.titleOf(page))
  if (problem) return invalid(problem)
  if (title !== undefined) page.title = title
  if (erase === true) page.blocks.length = 0
  if (typeof trash === 'boolean') page.inTrash = trash
  page.editedAt = world.now()
  return { status: 200, body: presentPage(world, page, origin) }
}

/** PATCH /v1/blocks/…/children, at the end of the page. */
export function appendBlocks(world: NotionWorld, page: NotionPage, { body }: DoubleRequest): DoubleAnswer {
  const { children } = object(body)
  if (page.inTrash) return invalid("Can't edit block that is archived.")
  if (JSON.stringify(body).length > longestRequest) return invalid('The request body is too large.')
  const wrong = blocksProblem(world, children)
  if (wrong) return invalid(wrong)
  return { status: 200, body: listOf('block', store(world, page, children)) }
}

/** A page of results; `next` is the cursor of those that follow. */
export const listOf = (type: 'block' | 'page_or_data_source', results: readonly unknown[], next?: string) => ({
  object: 'list',
  results,
  next_cursor: next ?? null,
  has_more: next !== undefined,
  type,
  [type]: {},
})

/** GET /v1/blocks/…/children: the page's blocks, then the pages below it; 100 at most. */
export function listChildren(world: NotionWorld, page: NotionPage, { query }: DoubleRequest): DoubleAnswer {
  const size = Math.min(Number(query.get('page_size') ?? 100), 100)
  const inside = world.pages.filter(
    ({ parent, inTrash }) => parent.type === 'page_id' && parent.page_id === page.id && !inTrash,
  )
  const all = [
    ...page.blocks.map(({ id }) => ({ object: 'block', id })),
    ...inside.map((child) => presentChild(world, child)),
  ]
  const cursor = query.get('start_cursor')
  const from = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor)
  if (from < 0) return invalid('The start_cursor provided is invalid.')
  return { status: 200, body: listOf('block', all.slice(from, from + size), all[from + size]?.id) }
}

/** POST /v1/data_sources/…/query; the one filter is a title that equals. */
export function queryDataSource(world: NotionWorld, id: string, { body, origin }: DoubleRequest): DoubleAnswer {
  const { filter } = object(body)
  const { property, title } = object(filter)
  const source = world.dataSourceOf(id)
  if (filter !== undefined && property !== source?.property) {
    return invalid(`Could not find property with name or id: ${String(property)}`)
  }
  const wanted = object(title).equals
  const found = world.pages.filter(
    (page) =>
      page.parent.type === 'data_source_id' &&
      page.parent.data_source_id === id &&
      !page.inTrash &&
      (wanted === undefined || page.title === wanted),
  )
  return {
    status: 200,
    body: listOf(
      'page_or_data_source',
      found.map((page) => presentPage(world, page, origin)),
    ),
  }
}

const presentUpload = (world: NotionWorld, upload: NotionWorld['uploads'][number], origin: string) => ({
  object: 'file_upload',
  id: upload.id,
  created_time: new Date(world.now()).toISOString(),
  created_by: { id: idOf(world.seed.bot), type: 'bot' },
  last_edited_time: new Date(world.now()).toISOString(),
  in_trash: false,
  archived: false,
  expiry_time: new Date(world.now() + 3_600_000).toISOString(),
  status: upload.status,
  filename: upload.filename,
  content_type: upload.type,
  content_length: upload.bytes?.length ?? null,
  ...(upload.status === 'pending' ? { upload_url: `${origin}/v1/file_uploads/${upload.id}/send` } : {}),
})

/** POST /v1/file_uploads, of a PNG in a single part. */
export function createUpload(world: NotionWorld, { body, origin }: DoubleRequest): DoubleAnswer {
  const { mode = 'single_part', filename, content_type: type } = object(body)
  if (mode !== 'single_part' || typeof filename !== 'string' || type !== 'image/png') {
    return invalid('body failed validation')
  }
  const upload = { id: world.newId('upload'), filename, type, status: 'pending', bytes: null } as const
  world.uploads.push({ ...upload })
  return { status: 200, body: presentUpload(world, upload, origin) }
}

/** POST /v1/file_uploads/…/send, once, up to 5 MiB. */
export function sendUpload(world: NotionWorld, id: string, { body, origin }: DoubleRequest): DoubleAnswer {
  const upload = world.uploads.find((each) => each.id === id)
  const file = object(body).file as DoubleFile | undefined
  if (!upload) return notFound('file_upload')
  if (upload.status !== 'pending') return invalid('This file upload is not pending.')
  if (!(file?.bytes instanceof Uint8Array) || file.type !== upload.type) return invalid('body.file should be defined')
  if (file.bytes.length > 5_242_880) return invalid('The file is too large.')
  upload.bytes = file.bytes
  upload.status = 'uploaded'
  return { status: 200, body: presentUpload(world, upload, origin) }
}
