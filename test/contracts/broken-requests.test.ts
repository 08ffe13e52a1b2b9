import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Exchange } from '../../src/sandbox/http-double.ts'
import { contractsFolder, hasContract, readContract } from '../helpers/contract.ts'

interface Sound {
  readonly file: string
  readonly base?: string
  /** As the description writes it. */
  readonly template: string
  readonly path?: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A request of each vendor that is right: what is wrong is then one thing alone. */
const sound: readonly Sound[] = [
  {
    file: 'github.json',
    base: '/api/v3',
    template: '/repos/{owner}/{repo}/deployments',
    path: '/repos/acme/web/deployments',
    body: { ref: 'main' },
  },
  { file: 'jira.json', template: '/rest/api/3/search/jql', body: { jql: 'project = OPS', maxResults: 5 } },
  {
    file: 'confluence-v2.json',
    base: '/wiki/api/v2',
    template: '/pages',
    body: { spaceId: '1', status: 'current', title: 'A' },
  },
  { file: 'notion-sdk.json', template: '/v1/search', body: { query: 'runbook' } },
  { file: 'datadog-v1.json', template: '/api/v1/events', body: { title: 'A', text: 'B' } },
  {
    file: 'datadog-v2.json',
    template: '/api/v2/downtime',
    body: {
      data: {
        type: 'downtime',
        attributes: { scope: 'env:prod', monitor_identifier: { monitor_id: 1 } },
      },
    },
  },
  { file: 'grafana.json', base: '/api', template: '/annotations', body: { text: 'deployed' } },
  {
    file: 'alertmanager-v2.json',
    base: '/api/v2',
    template: '/silences',
    body: {
      matchers: [{ name: 'alertname', value: 'Down', isRegex: false }],
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2026-01-01T01:00:00Z',
      createdBy: 'nox',
      comment: 'A',
    },
  },
  {
    file: 'kubernetes.json',
    template: '/apis/batch/v1/namespaces/{namespace}/jobs',
    path: '/apis/batch/v1/namespaces/staging/jobs',
    body: { metadata: { name: 'a' }, spec: { template: { spec: { containers: [{ name: 'a' }] } } } },
  },
  { file: 'stripe.json', template: '/v1/customers', body: { email: 'lea@acme.fr' } },
]

const folder = mkdtempSync(join(tmpdir(), 'nox-contracts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(sound)('$file finds what is wrong with a request', ({ file, base = '', template, path, body }) => {
  const present = hasContract(file)
  const exchange = (over: Partial<Exchange['request']> = {}): Exchange => {
    const request = {
      method: 'POST',
      path: `${base}${path ?? template}`,
      query: new URLSearchParams(),
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body,
      origin: '',
      ...over,
    }
    return { request, answer: { status: 499 }, at: 0 }
  }

  it.skipIf(!present)('takes one that is right', () => {
    expect(readContract(file, base).problems(exchange())).toEqual([])
  })

  it.skipIf(!present)('tells a path, a method, a key, a query and an access that are wrong', () => {
    const contract = readContract(file, base)
    const wrong: readonly [Partial<Exchange['request']>, RegExp][] = [
      [{ path: `${base}${path ?? template}/unknown/way` }, /is not described/],
      [{ method: 'TRACE' }, /is not described/],
      [{ body: { ...body, surprise: 1 } }, /body key surprise is not described|must NOT have|must match/],
      [{ query: new URLSearchParams({ surprise: '1' }) }, /query surprise is not described/],
      [{ headers: {} }, /has no Authorization/],
    ]
    for (const [over, why] of wrong) expect(contract.problems(exchange(over)).join('\n'), String(why)).toMatch(why)
  })

  it.skipIf(!present)('tells an operation that its vendor deprecates', () => {
    const document = JSON.parse(readFileSync(resolve(contractsFolder, file), 'utf8')) as {
      paths: Record<string, Record<string, { deprecated?: boolean }>>
    }
    const operation = document.paths[template]?.post
    if (!operation) throw new Error(`${template} is missing`)
    operation.deprecated = true
    const marked = join(folder, file)
    writeFileSync(marked, JSON.stringify(document))
    expect(readContract(marked, base).problems(exchange())).toEqual([expect.stringMatching(/is deprecated$/)])
  })
})
