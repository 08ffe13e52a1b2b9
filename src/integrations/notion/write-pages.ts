import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Pages, WrittenPage } from '../../capabilities/pages.ts'
import type { PageBlock, PageDocument } from '../../domain/page.ts'
import { createOnce, noPlaceChosen, takenBack } from '../shared/create-once.ts'
import { listOf, recordOf } from '../shared/read-answer.ts'
import type { NotionCall } from './client.ts'
import { findPlace, type Place } from './place.ts'
import { readPlaceId } from './place-id.ts'
import { batches, type NotionBlock, richText, writeBlocks } from './write-blocks.ts'

/** Children of a page that are read to find one by its title: ten requests. */
const mostLooked = 1_000

type Children = Parameters<Parameters<NotionCall>[0]>[0]['blocks']['children']['append'] extends (
  args: infer A,
) => unknown
  ? A extends { children: infer C }
    ? C
    : never
  : never

/** Writes pages below the page or into the data source that an admin chose. @param parent its address, else an id */
export function createPageWriter(
  call: NotionCall,
  parent: string | undefined,
): Pick<Pages, 'find' | 'create' | 'update'> & { place(options: CallOptions): Promise<Place> } {
  let found: Promise<Place> | undefined

  async function place(options: CallOptions): Promise<Place> {
    const id = readPlaceId(parent ?? '')
    if (id === null) throw noPlaceChosen('Notion')
    found ??= findPlace(call, id, options)
    try {
      return await found
    } catch (error) {
      found = undefined
      throw error
    }
  }

  async function find(title: string, options: CallOptions): Promise<WrittenPage | null> {
    const where = await place(options)
    if ('dataSourceId' in where) {
      const filter = { property: where.title, title: { equals: title } }
      const answer = await call(
        (client) => client.dataSources.query({ data_source_id: where.dataSourceId, filter, page_size: 10 }),
        options,
      )
      return (
        listOf<Written>('Notion', answer?.results, writtenShape, ['id'])
          .map(writtenPage)
          .find((page) => page !== null) ?? null
      )
    }
    let cursor: string | undefined
    for (let looked = 0; looked < mostLooked; looked += 100) {
      const at = cursor === undefined ? {} : { start_cursor: cursor }
      const list = await call(
        (client) => client.blocks.children.list({ block_id: where.pageId, page_size: 100, ...at }),
        options,
      )
      type Child = (typeof list.results)[number]
      const child = listOf<Child>('Notion', list?.results, {}).find(
        (each) => 'type' in each && each.type === 'child_page' && each.child_page.title === title && !each.in_trash,
      )
      if (child) return writtenPage(await call((client) => client.pages.retrieve({ page_id: child.id }), options))
      if (!list.has_more || list.next_cursor === null) return null
      cursor = list.next_cursor
    }
    return null
  }

  async function upload(png: Uint8Array, name: string, options: CallOptions): Promise<string> {
    const { id } = await call(
      (client) => client.fileUploads.create({ mode: 'single_part', filename: name, content_type: 'image/png' }),
      options,
    )
    const data = new Blob([png.slice()], { type: 'image/png' })
    await call((client) => client.fileUploads.send({ file_upload_id: id, file: { filename: name, data } }), options)
    return id
  }

  /** Pictures go first: a page is begun when everything for it is there. */
  async function prepare(blocks: readonly PageBlock[], options: CallOptions): Promise<readonly NotionBlock[]> {
    const uploads: string[] = []
    for (const each of blocks) {
      if (each.kind === 'picture') uploads.push(await upload(each.png, `nox-${uploads.length + 1}.png`, options))
    }
    return writeBlocks(blocks, uploads)
  }

  async function append(id: string, parts: readonly (readonly NotionBlock[])[], options: CallOptions): Promise<void> {
    for (const part of parts) {
      if (part.length === 0) continue
      await call((client) => client.blocks.children.append({ block_id: id, children: part as Children }), options)
    }
  }

  async function write({ title, blocks }: PageDocument, options: CallOptions): Promise<WrittenPage> {
    const where = await place(options)
    const [first = [], ...others] = batches(await prepare(blocks, options))
    const isRow = 'dataSourceId' in where
    const page = await call(
      (client) =>
        client.pages.create({
          parent: isRow
            ? { type: 'data_source_id', data_source_id: where.dataSourceId }
            : { type: 'page_id', page_id: where.pageId },
          properties: { [isRow ? where.title : 'title']: { title: richText([{ text: title }]) as never } },
          children: first as never,
        }),
      options,
    )
    const { id, url = '' } = recordOf<Written>('Notion', page, writtenShape, ['id'])
    const written = { id, url }
    try {
      await append(page.id, others, options)
      return written
    } catch (error) {
      // What came too late to be stopped goes to the trash in a time of its own.
      const signal = AbortSignal.timeout(15_000)
      await call((client) => client.pages.update({ page_id: page.id, in_trash: true }), { signal }).catch(() => {})
      throw takenBack(error)
    }
  }

  return {
    place,
    find,
    create: createOnce(find, write),
    async update(id, { title, blocks }, options) {
      const where = await place(options)
      const parts = batches(await prepare(blocks, options))
      const name = 'dataSourceId' in where ? where.title : 'title'
      const page = await call(
        (client) =>
          client.pages.update({
            page_id: id,
            properties: { [name]: { title: richText([{ text: title }]) as never } },
            erase_content: true,
          }),
        options,
      )
      await append(id, parts, options)
      return { id: page.id, url: 'url' in page ? page.url : '' }
    },
  }
}

interface Written {
  readonly object: string
  readonly id: string
  readonly url?: string
}

const writtenShape = { object: 'text', id: 'text', url: 'text' } as const

const writtenPage = (page: Written): WrittenPage | null =>
  page.object === 'page' && page.url !== undefined ? { id: page.id, url: page.url } : null
