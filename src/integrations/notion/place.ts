import type { CallOptions } from '../../capabilities/clusters.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import type { NotionCall } from './client.ts'

/** Where pages are written: below a page, or into a data source whose property of this name holds the title. */
export type Place = { readonly pageId: string } | { readonly dataSourceId: string; readonly title: string }

/** Notion says of a database's id that it is no page, or that there is none. */
const isAbsent = (error: unknown) =>
  error instanceof NoxError && (error.facts.status === 400 || error.facts.status === 404)

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** @throws NoxError `not-found` where it is neither a page, nor a database, nor a data source that NOX sees */
export async function findPlace(call: NotionCall, id: string, options: CallOptions): Promise<Place> {
  const page = await orNull(call((client) => client.pages.retrieve({ page_id: id }), options))
  if (page) return { pageId: id }
  const database = await orNull(call((client) => client.databases.retrieve({ database_id: id }), options))
  const dataSourceId = database && 'data_sources' in database ? database.data_sources[0]?.id : id
  if (dataSourceId === undefined) throw noPlace()
  const source = await orNull(call((client) => client.dataSources.retrieve({ data_source_id: dataSourceId }), options))
  const title = Object.entries(source?.properties ?? {}).find(([, { type }]) => type === 'title')?.[0]
  if (title === undefined) throw noPlace()
  return { dataSourceId, title }
}

const noPlace = () =>
  new NoxError('not-found', 'no page and no data source of this id', { forPerson: phrase('notion.parent.none') })
