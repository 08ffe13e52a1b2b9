import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { invitationPath } from '../../src/channels/slack/invitations/paths.ts'
import { createWebServer } from '../../src/web/server.ts'
import { type BareNox, startBareNox } from '../helpers/bare-nox.ts'
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

let sandbox: TestSandbox
let bare: BareNox
beforeAll(async () => {
  ;[sandbox, bare] = await Promise.all([startTestSandbox(), startBareNox({ path: ':memory:' })])
}, 30_000)
afterAll(() => Promise.all([sandbox?.stop(), bare?.stop()]))

const tenant = '01J00000000000000000000000'
const hooks = [
  `/webhooks/github/${tenant}`,
  '/webhooks/stripe',
  `/hooks/${tenant}/grafana/${'s'.repeat(30)}`,
  '/slack/events',
]
const own = [
  '/slack/install',
  '/slack/oauth_redirect?error=access_denied&state=x',
  '/slack/oauth_redirect?code=x&state=x',
  `${invitationPath}${tenant}/token`,
  '/healthz',
  '/readyz',
  '/metrics',
  '/nowhere',
  '/%00',
  ...hooks,
]
const ofSandbox = [
  '/',
  '/assets/style.css',
  '/inbox',
  '/billing/return',
  '/oauth/v2/authorize?client_id=x',
  '/sandbox/teams/x',
]
/** What an answer shows of NOX's inside. */
const inside = /\n\s+at |node_modules|\/src\/|[A-Z]\w*Error\b|NoxError|SQLITE|select |postgres/

const strict = (response: Response) => {
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
}

it.each(own)('GET %s is answered with a strict policy, and shows nothing of the inside', async (path) => {
  const response = await fetch(`${bare.url}${path}`, { redirect: 'manual' })
  strict(response)
  expect(response.headers.get('x-powered-by')).toBeNull()
  expect(response.headers.get('server')).toBeNull()
  if (path !== '/metrics') expect(await response.text()).not.toMatch(inside)
})

it('a browser that came by TLS is told to stay there', async () => {
  const get = (headers: Record<string, string>) => fetch(`${bare.url}/slack/install`, { headers })
  expect((await get({ 'x-forwarded-proto': 'https' })).headers.get('strict-transport-security')).toMatch(
    /max-age=\d{8}/,
  )
  expect((await get({})).headers.get('strict-transport-security')).toBeNull()
})

it.each(ofSandbox)('the sandbox’s %s runs no script but its own', async (path) => {
  const response = await fetch(`${sandbox.url}${path}`, { redirect: 'manual' })
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/default-src '(none|self)'/)
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? /default-src ([^;]*)/.exec(policy)?.[1] ?? ''
  expect(scripts).not.toMatch(/unsafe|\*|http|data:|blob:/)
  expect(await response.text()).not.toMatch(/\n\s+at |node_modules/)
})

it.each(hooks)('POST %s of anything is refused without a word of the inside', async (path) => {
  for (const body of [
    '',
    '{',
    '[]',
    'null',
    'payload=%7B',
    '\u0000',
    '{"__proto__":{"a":1}}',
    '{"type":"url_verification"}',
  ]) {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain; charset=none', '']) {
      const response = await fetch(`${sandbox.url}${path}`, { method: 'POST', body, headers: { 'content-type': type } })
      expect([400, 401, 403, 404, 413, 415, 429]).toContain(response.status)
      expect(await response.text()).not.toMatch(inside)
    }
  }
})

it('a body that is too long is cut off', async () => {
  for (const path of ['/slack/events', '/webhooks/stripe']) {
    const long = { method: 'POST', body: Buffer.alloc(3 * 1024 * 1024, 'a') }
    const status = await fetch(`${sandbox.url}${path}`, long).then(
      (response) => response.status,
      // The line is cut while we still send.
      () => 413,
    )
    expect(status).toBe(413)
  }
})

/** Sends bytes as they are; gives what comes until the line is closed. */
const raw = (port: number, ...parts: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part)
    })
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })

it('headers that are too long, and requests that can be read in two ways, are refused', async () => {
  const { port } = new URL(bare.url)
  const send = (headers: string) =>
    raw(Number(port), `POST /slack/events HTTP/1.1\r\nhost: nox\r\n${headers}\r\n`, '0\r\n\r\n')
  expect(await send(`x-long: ${'a'.repeat(17 * 1024)}\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
  expect(await send('content-length: 5\r\ntransfer-encoding: chunked\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await send('content-length: 5\r\ncontent-length: 6\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await send('x : y\r\n')).toMatch(/^HTTP\/1\.1 400 /)
})

it('who sends headers or a body too slowly is cut off, and others are served meanwhile', async () => {
  const web = createWebServer(
    [
      (path, request, response) => {
        if (path === '/slow') request.resume().once('end', () => response.end('whole'))
        return path === '/slow'
      },
    ],
    { headers: 100, request: 200, look: 20 },
  )
  const port = await web.listen(0, '127.0.0.1')
  try {
    const slow = Promise.all([
      raw(port, 'GET /slow HTTP/1.1\r\nhost: nox\r\nx-never'),
      raw(port, 'POST /slow HTTP/1.1\r\nhost: nox\r\ncontent-length: 10\r\n\r\n12345'),
    ])
    expect(await raw(port, 'GET /slow HTTP/1.1\r\nhost: nox\r\nconnection: close\r\n\r\n')).toContain('whole')
    for (const answer of await slow) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  } finally {
    await web.close(0)
  }
})

it('a database that fails is told to Slack by a status, and to a person by a page, without a word of the inside', async () => {
  const broken = await startBareNox({ path: ':memory:' })
  try {
    await broken.nox.storage.close()
    const body = JSON.stringify({
      type: 'event_callback',
      team_id: 'T0SOCIETEX',
      api_app_id: 'A0NOX',
      event: { type: 'app_mention', user: 'U0BOB', text: '<@U0NOXSOCX> whoami', ts: '1.1', channel: 'C0DEVOPS' },
      event_id: 'Ev1',
      event_time: 1,
      authorizations: [
        { team_id: 'T0SOCIETEX', enterprise_id: null, user_id: 'U', is_bot: true, is_enterprise_install: false },
      ],
    })
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const signature = `v0=${createHmac('sha256', 'signing').update(`v0:${timestamp}:${body}`).digest('hex')}`
    const headers = {
      'content-type': 'application/json',
      'x-slack-signature': signature,
      'x-slack-request-timestamp': timestamp,
    }
    const event = await fetch(`${broken.url}/slack/events`, { method: 'POST', body, headers })
    expect(event.status).toBe(500)
    expect(await event.text()).toBe('')
    // The install page itself asks the database nothing.
    for (const path of ['/slack/oauth_redirect?code=x&state=x', `${invitationPath}${tenant}/token`, '/readyz']) {
      const page = await fetch(`${broken.url}${path}`)
      expect(page.status).toBeGreaterThanOrEqual(400)
      strict(page)
      expect(await page.text()).not.toMatch(inside)
    }
  } finally {
    await broken.stop().catch(() => {})
  }
})
