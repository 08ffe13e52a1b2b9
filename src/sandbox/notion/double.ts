import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { pageView, viewPolicy } from './page-view.ts'
import { presentBot, presentDatabase, presentDataSource, presentPage } from './present.ts'
import { invalid, notFound, refuse } from './refusals.ts'
import { createNotionWorld, type NotionSeed, type NotionWorld } from './world.ts'
import {
  appendBlocks,
  createPage,
  createUpload,
  listChildren,
  listOf,
  queryDataSource,
  sendUpload,
  updatePage,
} from './writes.ts'

export interface NotionDouble extends HttpDouble {
  readonly world: NotionWorld
}

/** Versions of the API that the simulated Notion speaks. */
const versions = ['2025-09-03', '2026-03-11']

type Body = Readonly<Record<string, unknown>>

/** Notion's API as far as NOX speaks it. */
export function createNotionDouble(options: {
  readonly seed: NotionSeed
  readonly basePath?: string
  readonly now?: () => number
}): NotionDouble {
  const { seed, basePath = '', now = Date.now } = options
  const world = createNotionWorld(seed, now)

  function answer(request: DoubleRequest): DoubleAnswer {
    const { headers, method, path } = request
    if (headers.authorization !== `Bearer ${seed.token}`) return refuse(401, 'unauthorized', 'API token is invalid.')
    const version = headers['notion-version']
    if (version === undefined) return refuse(400, 'missing_version', 'Notion-Version header should be defined.')
    if (!versions.includes(String(version))) return invalid('Notion-Version header is invalid.')
    const [, kind = '', id = '', below = ''] = /^\/v1\/(\w+)(?:\/([\w-]+))?(?:\/(\w+))?$/.exec(path) ?? []
    switch (`${method} ${[kind, id === '' ? '' : ':', below].filter((part) => part !== '').join('/')}`) {
      case 'GET users/:':
        return id === 'me' ? { status: 200, body: presentBot(world) } : notFound('user')
      case 'POST search':
        return search(request)
      case 'POST pages':
        return createPage(world, request)
      case 'GET pages/:':
        return onPage(id, (page) => ({ status: 200, body: presentPage(world, page, request.origin) }))
      case 'PATCH pages/:':
        return onPage(id, (page) => updatePage(world, page, request))
      case 'GET blocks/:/children':
        return onPage(id, (page) => listChildren(world, page, request))
      case 'PATCH blocks/:/children':
        return onPage(id, (page) => appendBlocks(world, page, request))
      case 'GET databases/:': {
        const database = world.databaseOf(id)
        return database ? { status: 200, body: presentDatabase(world, database, request.origin) } : notFound('database')
      }
      case 'GET data_sources/:': {
        const source = world.dataSourceOf(id)
        return source ? { status: 200, body: presentDataSource(source) } : notFound('data_source')
      }
      case 'POST data_sources/:/query':
        return world.dataSourceOf(id) ? queryDataSource(world, id, request) : notFound('data_source')
      case 'POST file_uploads':
        return createUpload(world, request)
      case 'POST file_uploads/:/send':
        return sendUpload(world, id, request)
      default:
        return refuse(400, 'invalid_request_url', 'Invalid request URL.')
    }
  }

  function onPage(id: string, work: (page: NotionWorld['pages'][number]) => DoubleAnswer): DoubleAnswer {
    const page = world.page(id)
    if (page) return work(page)
    return world.databaseOf(id) ? invalid('Provided ID is a database, not a page.') : notFound('page')
  }

  function search({ body, origin }: DoubleRequest): DoubleAnswer {
    const { query = '', filter, page_size: size = 100, ...rest } = (body ?? {}) as Body
    const unknown = Object.keys(rest).filter((key) => !['sort', 'start_cursor'].includes(key))
    if (unknown.length > 0) return invalid(`body.${unknown[0]} should be not present`)
    if (typeof query !== 'string' || !Number.isInteger(size) || Number(size) > 100 || Number(size) < 1) {
      return invalid('body failed validation')
    }
    const wanted = (filter as { value?: unknown } | undefined)?.value
    if (wanted !== undefined && wanted !== 'page' && wanted !== 'data_source') {
      return invalid('body.filter.value should be `"page"` or `"data_source"`')
    }
    const terms = query
      .toLowerCase()
      .split(/\s+/)
      .filter((term) => term !== '')
    const found = world.pages
      .filter(({ inTrash }) => !inTrash)
      .filter(({ title, words }) => terms.every((term) => `${title} ${words}`.toLowerCase().includes(term)))
      .sort((a, b) => b.editedAt - a.editedAt)
    const shown = wanted === 'data_source' ? [] : found.slice(0, Number(size))
    const results = shown.map((page) => presentPage(world, page, origin))
    return { status: 200, body: listOf('page_or_data_source', results) }
  }

  const badJson = refuse(400, 'invalid_json', 'Error parsing JSON body.')

  /** Who opens a page's address in a browser sees it. */
  function pages(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname } = new URL(request.url ?? '/', 'http://double')
    const id = /^\/(?:.*-)?([0-9a-f]{32})$/.exec(pathname.slice(basePath.length))?.[1]
    const page = world.pages.find((each) => each.id.replaceAll('-', '') === id && !each.inTrash)
    if (request.method !== 'GET' || !page) return false
    const type = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': viewPolicy }
    response.writeHead(200, type).end(pageView(world, page))
    return true
  }

  return Object.assign(createHttpDouble({ name: 'Notion', basePath, answer, badJson, pages }), { world })
}
