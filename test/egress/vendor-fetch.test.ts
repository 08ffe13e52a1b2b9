import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEgress } from '../../src/egress/index.ts'
import { createVendorFetch, type Seen } from '../../src/egress/vendor-fetch.ts'
import { judge } from '../../src/request/administration/connection-health.ts'

let server: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
let seen: { method: string; path: string; authorization: string | undefined }[]
let waits: number[]
const url = (path = '/', host = '127.0.0.1') => `http://${host}:${(server.address() as AddressInfo).port}${path}`

beforeEach(async () => {
  seen = []
  waits = []
  answer = (_, response) => response.end('{"ok":true}')
  server = createServer((request, response) => {
    const { authorization } = request.headers
    seen.push({ method: request.method ?? '', path: request.url ?? '', authorization })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function vendorFetch(allowPrivate = ['127.0.0.1'], onSeen?: (seen: Seen) => void) {
  const egress = createEgress({ allowPrivate })
  const sleep = async (ms: number) => void waits.push(ms)
  return createVendorFetch({
    vendor: 'Vendor',
    egress,
    dispatcher: egress.dispatcher(),
    sleep,
    ...(onSeen && { onSeen }),
  })
}
const status = (...codes: number[]) => {
  let at = 0
  answer = (_, response) => {
    const code = codes[Math.min(at, codes.length - 1)] ?? 200
    at += 1
    response.writeHead(code).end('{}')
  }
}

describe('fetch for vendors', () => {
  it('gives the answer as it is, also a refusal', async () => {
    expect(await (await vendorFetch()(url())).json()).toEqual({ ok: true })
    status(404)
    expect((await vendorFetch()(url())).status).toBe(404)
    status(204)
    expect((await vendorFetch()(url())).status).toBe(204)
  })

  it('repeats a read where the vendor stumbles, and gives up after three', async () => {
    status(502, 503, 200)
    expect((await vendorFetch()(url())).status).toBe(200)
    expect(seen).toHaveLength(3)
    seen = []
    status(500)
    await expect(vendorFetch()(url())).rejects.toMatchObject({ code: 'vendor-failed' })
    expect(seen).toHaveLength(3)
  })

  it('sends a change once, unless the vendor says that it did nothing', async () => {
    status(502, 200)
    await expect(vendorFetch()(url(), { method: 'POST', body: '{}' })).rejects.toMatchObject({ code: 'vendor-failed' })
    expect(seen).toHaveLength(1)
    seen = []
    let first = true
    answer = (_, response) => {
      if (first) response.writeHead(429, { 'retry-after': '3' }).end()
      else response.writeHead(201).end('{}')
      first = false
    }
    expect((await vendorFetch()(url(), { method: 'POST', body: '{}' })).status).toBe(201)
    expect(waits).toEqual([3_000])
  })

  it('does not wait longer than ten seconds for a vendor that is busy', async () => {
    answer = (_, response) => response.writeHead(429, { 'retry-after': '3600' }).end()
    expect((await vendorFetch()(url())).status).toBe(429)
    expect(waits).toEqual([])
  })

  it('repeats a read over a broken connection, never a change', async () => {
    answer = (request) => request.socket.destroy()
    await expect(vendorFetch()(url())).rejects.toMatchObject({ code: 'unreachable' })
    expect(seen).toHaveLength(3)
    seen = []
    await expect(vendorFetch()(url(), { method: 'DELETE' })).rejects.toMatchObject({ code: 'unreachable' })
    expect(seen).toHaveLength(1)
  })

  it('rests after five failures in a row', async () => {
    const fetch = vendorFetch()
    answer = (request) => request.socket.destroy()
    for (let count = 0; count < 5; count += 1) await fetch(url(), { method: 'POST' }).catch(() => null)
    seen = []
    await expect(fetch(url())).rejects.toMatchObject({ code: 'unreachable' })
    expect(seen).toEqual([])
  })

  it('tells what was answered, and once that it rests', async () => {
    const told: Seen[] = []
    const fetch = vendorFetch(undefined, (each) => told.push(each))
    status(401)
    await fetch(url())
    expect(told.splice(0)).toMatchObject([{ kind: 'answer', path: '/', status: 401, at: expect.any(Number) }])
    status(500)
    for (let at = 0; at < 7; at += 1) await fetch(url(), { method: 'POST' }).catch(() => {})
    expect(told).toMatchObject([{ kind: 'broken' }])
  })

  it.each([
    ['github', 200, null],
    ['github', 401, 'credentials'],
    ['github', 403, undefined],
    ['github', 404, undefined],
    ['datadog', 401, 'credentials'],
    ['datadog', 403, undefined],
    ['datadog', 403, undefined, '/api/v1/monitor/validate'],
    ['datadog', 403, undefined, '/api/v2/validate_keys/more'],
    ['datadog', 403, 'credentials', '/api/v2/validate_keys'],
    ['datadog', 403, 'credentials', '/dd/api/v1/validate'],
    ['datadog', 200, null, '/api/v2/validate_keys'],
    ['datadog', 200, undefined, '/api/v1/validate'],
    ['datadog', 202, undefined, '/api/v1/events'],
    ['datadog', 404, undefined, '/api/v2/validate_keys'],
    ['github', 403, undefined, '/api/v2/validate_keys'],
  ] as const)('judges %s by %d: %s %s', (...[vendor, status, why, asked]) => {
    const path: string = asked ?? '/api/v1/monitor'
    const answer = { kind: 'answer', path, headers: new Headers(), at: 0 } as const
    expect(judge(vendor, { ...answer, status })).toBe(why)
    const captcha = new Headers({ 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE' })
    expect(judge('jira', { ...answer, status: 403, headers: captcha })).toBe('credentials')
    expect(judge(vendor, { kind: 'broken', at: 0 })).toBe('silent')
  })

  it('follows a redirect on the same place, with a read', async () => {
    answer = (request, response) =>
      request.url === '/new' ? response.end('{"new":1}') : response.writeHead(301, { location: '/new' }).end()
    expect(await (await vendorFetch()(url('/old'))).json()).toEqual({ new: 1 })
  })

  it.each([
    ['another host', () => ({ location: url('/x', 'localhost') })],
    ['the metadata of a cloud', () => ({ location: 'http://169.254.169.254/latest/meta-data' })],
    ['another scheme', () => ({ location: 'file:///etc/passwd' })],
  ])('takes its access nowhere else: a redirect to %s', async (_, headers) => {
    answer = (_request, response) => response.writeHead(302, headers()).end()
    const init = { headers: { authorization: 'Bearer secret', 'x-api-key': 'secret' } }
    await expect(vendorFetch(['127.0.0.1', 'localhost'])(url(), init)).rejects.toMatchObject({ code: 'vendor-refused' })
    expect(seen).toHaveLength(1)
  })

  it('does not send a change on to where a redirect points', async () => {
    answer = (_, response) => response.writeHead(307, { location: '/new' }).end()
    await expect(vendorFetch()(url(), { method: 'POST', body: '{}' })).rejects.toMatchObject({ code: 'vendor-refused' })
    expect(seen).toHaveLength(1)
  })

  it('takes no answer that would be far larger in memory than it is', async () => {
    const body = `[${'{},'.repeat(4 * 1024 * 1024)}{}]`
    answer = (_, response) => response.end(body)
    await expect(vendorFetch()(url())).rejects.toMatchObject({
      code: 'vendor-refused',
      message: 'Vendor answered more than anybody can hold',
    })
    // As much text is no trouble: a file of a repository, a message.
    answer = (_, response) => response.end(JSON.stringify({ text: 'x, y: z '.repeat(100_000) }))
    expect((await vendorFetch()(url())).status).toBe(200)
  })

  it('stops when the caller does', async () => {
    const stop = new AbortController()
    answer = () => stop.abort(new Error('enough'))
    await expect(vendorFetch()(url(), { signal: stop.signal })).rejects.toThrow('enough')
    expect(seen).toHaveLength(1)
  })

  it.each([
    'http://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://172.16.0.1/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
    'https://localhost/',
    'https://224.0.0.1/',
    'https://user:pass@github.com/',
    'ftp://github.com/',
    'http://github.com/',
    'file:///etc/passwd',
  ])('refuses %s', async (address) => {
    await expect(vendorFetch([])(address)).rejects.toMatchObject({ code: 'blocked-address' })
    expect(seen).toEqual([])
  })
})
