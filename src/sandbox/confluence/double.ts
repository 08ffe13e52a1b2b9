import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { luceneTerms, refusedByDataCenter } from './data-center.ts'
import { pageView, viewPolicy } from './page-view.ts'
import { refuse } from './refuse.ts'
import { type ConfluencePage, type ConfluenceSeed, type ConfluenceWorld, createConfluenceWorld } from './world.ts'
import { answer1, answer2, answerAttachment, wayTo1 } from './writes.ts'

export interface ConfluenceDouble extends HttpDouble {
  readonly world: ConfluenceWorld
}

/** Clauses joined by AND: all that the simulated search understands. `siteSearch` is told of the cloud alone. */
const clause = /^\s*(type|space|siteSearch|text)\s*(=|~)\s*("(?:[^"\\]|\\.)*"|\w+)\s*$/

/** `2026-11-27T09:00:00.000+0100`: a data center writes its own zone. */
const inParis = (at: number): string => new Date(at + 3_600_000).toISOString().replace('Z', '+0100')

/** Confluence's REST API as far as NOX speaks it: below /wiki in the cloud. */
export function createConfluenceDouble(options: {
  readonly seed: ConfluenceSeed
  readonly edition: 'cloud' | 'datacenter'
  readonly basePath?: string
  readonly now?: () => number
}): ConfluenceDouble {
  const { seed, edition, basePath = '', now = Date.now } = options
  const isCloud = edition === 'cloud'
  const apiPath = isCloud ? '/wiki/rest/api' : '/rest/api'
  const world = createConfluenceWorld(seed, now)

  function isKnown({ headers }: DoubleRequest): boolean {
    const basic = `Basic ${Buffer.from(`${seed.email}:${seed.token}`).toString('base64')}`
    return headers.authorization === (isCloud ? basic : `Bearer ${seed.token}`)
  }

  function answer(request: DoubleRequest): DoubleAnswer {
    const isSecond = isCloud && request.path.startsWith('/wiki/api/v2/')
    if (!isSecond && !request.path.startsWith(`${apiPath}/`)) return refuse(404, 'No page found')
    if (!isKnown(request)) return refuse(401, 'Client must be authenticated to access this resource.')
    if (isSecond) return answer2(world, request.path.slice('/wiki/api/v2'.length), request)
    const path = request.path.slice(apiPath.length)
    const refused = isCloud ? null : refusedByDataCenter(path, request)
    if (refused) return refused
    const [, attachedTo] = /^\/content\/(\d+)\/child\/attachment$/.exec(path) ?? []
    if (attachedTo !== undefined) return answerAttachment(world, attachedTo, request, isCloud)
    if (request.method === 'GET' && path === '/user/current') return { status: 200, body: person() }
    if (request.method === 'GET' && path === '/search') return search(request)
    return isCloud ? refuse(404, 'No page found') : answer1(world, path, request)
  }

  const person = () =>
    isCloud
      ? {
          type: 'known',
          accountId: '5b10',
          accountType: 'atlassian',
          email: seed.email,
          publicName: seed.name,
          displayName: seed.name,
        }
      : { type: 'known', username: 'nox', userKey: '5b10', displayName: seed.name }

  function search({ query }: DoubleRequest): DoubleAnswer {
    const cql = query.get('cql')
    if (cql === null || cql.trim() === '') return refuse(400, 'CQL query is required')
    const limit = Number(query.get('limit') ?? 25)
    const tests: ((page: ConfluencePage) => boolean)[] = []
    let terms: readonly string[] = []
    for (const text of cql.split(/ AND (?=(?:[^"]*"[^"]*")*[^"]*$)/i)) {
      const [, field, , written = ''] = clause.exec(text) ?? []
      const value = written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written
      if (field === 'type') tests.push(() => value === 'page')
      else if (field === 'space') tests.push(({ space }) => space === value)
      else if (field === 'text' && !isCloud) {
        const read = luceneTerms(value)
        if (read === null) return refuse(400, `Could not parse cql : ${cql}`)
        terms = read
      } else if (field === 'siteSearch' && isCloud)
        terms = value
          .toLowerCase()
          .split(/\s+/)
          .filter((term) => term !== '')
      else return refuse(400, `Could not parse cql : ${cql}`)
    }
    const words = ({ title, words: more }: ConfluencePage) => `${title} ${more}`.toLowerCase()
    const found = world.pages.filter(
      (page) =>
        !page.isTrashed && tests.every((test) => test(page)) && terms.every((term) => words(page).includes(term)),
    )
    const results = found.slice(0, limit).map((page) => present(page, terms))
    const size = results.length
    const totals = { start: 0, limit, size, totalSize: found.length, cqlQuery: cql, searchDuration: 12 }
    return { status: 200, body: { results, ...totals, _links: { base: basePath, context: isCloud ? '/wiki' : '' } } }
  }

  function present(page: ConfluencePage, terms: readonly string[]) {
    const { id, space, title, words, editedAt } = page
    const marked = terms.reduce(
      (text, term) =>
        text.replace(new RegExp(term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), '@@@hl@@@$&@@@endhl@@@'),
      title,
    )
    return {
      title: marked,
      excerpt: words,
      url: isCloud ? `/spaces/${space}/pages/${id}` : wayTo1(page),
      breadcrumbs: [],
      entityType: 'content',
      iconCssClass: 'aui-icon content-type-page',
      lastModified: isCloud ? new Date(editedAt).toISOString() : inParis(editedAt),
      friendlyLastModified: '',
      score: 0,
    }
  }

  const badJson = refuse(400, 'Bad request')

  /** Who opens a page's address in a browser sees it. */
  function pages(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double')
    const way = pathname.slice(basePath.length)
    const id = /^\/(?:wiki\/)?spaces\/[^/]+\/pages\/(\d+)/.exec(way)?.[1] ?? searchParams.get('pageId')
    const [, space = '', title = ''] = /^\/display\/([^/]+)\/([^/]+)$/.exec(way) ?? []
    const page = id ? world.page(id) : world.titled(space, decodeURIComponent(title.replaceAll('+', ' ')))
    if (request.method !== 'GET' || !page) return false
    const type = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': viewPolicy }
    response.writeHead(200, type).end(pageView(page))
    return true
  }

  return Object.assign(createHttpDouble({ name: 'Confluence', basePath, answer, badJson, pages }), { world })
}
