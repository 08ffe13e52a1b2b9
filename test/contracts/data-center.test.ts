import { afterEach, describe, expect, it } from 'vitest'
import { confluenceOperations } from '../../src/sandbox/confluence/index.ts'
import type { HttpDouble } from '../../src/sandbox/http-double.ts'
import { jiraOperations } from '../../src/sandbox/jira/index.ts'
import { type KnownOperation, operationsUsed } from '../../src/sandbox/known-operations.ts'
import { startJira } from '../helpers/jira.ts'
import { pagesProviders } from '../helpers/pages.ts'

const call = { signal: AbortSignal.timeout(30_000) }
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const page = (title: string) => ({ title, blocks: [{ kind: 'picture', png, text: 'A' }] }) as const

let stop: () => Promise<void> = async () => {}
afterEach(() => stop())

/** Prints which operations were asked for, and gives those that were not. */
function unused(server: string, all: readonly KnownOperation[], api: string, { exchanges }: HttpDouble): string[] {
  const used = operationsUsed(all, api, exchanges)
  const others = all.map(({ method, path }) => `${method} ${path}`).filter((each) => !used.includes(each))
  console.info(
    `${server}: ${used.length} of ${all.length} operations\n  ${used.join('\n  ')}\n  not used: ${others.join(', ') || 'none'}`,
  )
  return others
}

/** Sends what NOX would not, with a token that is known. */
async function send(double: HttpDouble, way: string, token: string, method = 'GET', body?: unknown, more = {}) {
  // The double listens already: a second address leads to the same.
  const { url } = await double.listen()
  const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}), ...more }
  const response = await fetch(`${url}${way}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return response.status
}

describe('Jira Data Center', () => {
  it('is asked for each operation that NOX needs, below the path that it stands at', async () => {
    const { double, connect, close } = await startJira('datacenter')
    stop = close
    const { tickets, test } = await connect('jira-all')
    await test(call)
    const source = { url: 'https://acme.slack.com/archives/C1/p1', title: 'Slack' }
    const made = { type: 'bug', title: 'A', priority: 'high', description: 'B', actionId: 'A1', source } as const
    await tickets?.create(made, call)
    await tickets?.show('OPS-1', call)
    await tickets?.comment('OPS-1', 'Hello', 'Bob', call)
    await tickets?.hasComment('OPS-1', 'Bob', call)
    await tickets?.close('OPS-1', call)
    await tickets?.findPerson('Bob Dupont', call)
    await tickets?.list({ state: 'open', assignee: 'bob', limit: 10 }, call)
    expect(unused('Jira Data Center', jiraOperations, '/rest/api/2', double)).toEqual([])
    const seen = double.exchanges.map(({ request, answer }) => [request.headers.authorization, answer.status < 400])
    expect(new Set(seen.map(String))).toEqual(new Set(['Bearer jira-all,true']))
  })

  it.each<[string, string, string?, unknown?, number?]>([
    ['the search of the cloud', '/rest/api/2/search/jql', 'POST', { jql: 'project = OPS' }, 404],
    ['the version of the cloud', '/rest/api/3/myself', 'GET', undefined, 404],
    ['a person by the id of the cloud', '/rest/api/2/user/search?query=bob'],
    ['priorities in pages', '/rest/api/2/priority/search', 'GET', undefined, 404],
    ['rights by a list', '/rest/api/2/mypermissions?permissions=CREATE_ISSUES'],
    ['a key that it does not know', '/rest/api/2/search', 'POST', { jql: 'project = OPS', nextPageToken: 'x' }],
    ['a document', '/rest/api/2/issue/OPS-1/comment', 'POST', { body: { type: 'doc', version: 1, content: [] } }],
    [
      'the account of a cloud in a query',
      '/rest/api/2/search',
      'POST',
      { jql: 'assignee = "5b10a2844c20165700ede201"' },
    ],
  ])('refuses %s', async (_, way, method = 'GET', body = undefined, status = 400) => {
    const { double, close } = await startJira('datacenter')
    stop = close
    expect(await send(double, way, 'jira-all', method, body)).toBe(status)
  })
})

describe('Confluence Data Center', () => {
  const start = pagesProviders['confluence datacenter']

  it('is asked for each operation that NOX needs, below the path that it stands at', async () => {
    const { double, connect, close } = await start()
    stop = close
    const { pages, test } = await connect('pages-token', { space: 'OPS' })
    await test(call)
    await pages?.search('runbook', 5, call)
    const made = await pages?.create(page('A'), call)
    await pages?.update(made?.id ?? '', page('B'), call)
    double.faults.push({ kind: 'status', status: 500, path: /child\/attachment$/, method: 'POST' })
    await pages?.create(page('C'), call).catch(() => {})
    expect(unused('Confluence Data Center', confluenceOperations, '/rest/api', double)).toEqual([])
    const refused = double.exchanges.filter(({ answer }) => answer.status >= 400)
    expect(refused.map(({ request }) => `${request.method} ${request.path}`)).toEqual([])
  })

  it.each<[string, string, string?, unknown?, number?]>([
    ['the pages of the cloud', '/api/v2/pages?limit=1', 'GET', undefined, 404],
    ['the path of the cloud', '/wiki/rest/api/user/current', 'GET', undefined, 404],
    ['a search that is the cloud’s', '/rest/api/search?cql=siteSearch%20~%20%22a%22'],
    ['a query that Lucene cannot read', '/rest/api/search?cql=text%20~%20%22a%20(b%22'],
    ['a space by its number', '/rest/api/content', 'POST', { type: 'page', title: 'A', spaceId: '1' }],
    ['an update without its type', '/rest/api/content/100', 'PUT', { title: 'A', version: { number: 2 } }],
    ['an attachment that is put', '/rest/api/content/100/child/attachment', 'PUT', { file: 'x' }, 405],
  ])('refuses %s', async (_, way, method = 'GET', body = undefined, status = 400) => {
    const { double, close } = await start()
    stop = close
    expect(await send(double, way, 'pages-token', method, body)).toBe(status)
  })
})
