import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Check } from '../../src/cli/doctor/check.ts'
import { eachBareNox } from '../helpers/bare-nox.ts'
import { startOtlpReceiver } from '../helpers/otlp-receiver.ts'
import { type CliRun, runCli } from '../helpers/run-cli.ts'
import { startStripe, stripeKeys } from '../helpers/stripe.ts'

const company = 'T0SOCIETEX'

async function doctor(env: Readonly<Record<string, string>>) {
  const run = await runCli(['doctor', '--json'], env)
  const { ok, checks } = JSON.parse(run.stdout || '{"checks":[]}') as { ok: boolean; checks: Check[] }
  const about = (name: string, state?: Check['state']) =>
    checks.filter((each) => each.check === name && (state === undefined || each.state === state))
  return { run, ok, checks, about }
}

/** Nothing that was secret may be read in what was written. */
function expectNoSecrets(run: CliRun, env: Readonly<Record<string, string>>, ...more: string[]): void {
  const secrets = [env.NOX_MASTER_KEY, env.SLACK_APP_TOKEN, env.SLACK_BOT_TOKEN, ...more].filter((each) => !!each)
  expect(secrets.length).toBeGreaterThan(0)
  for (const secret of secrets) expect(run.stdout + run.stderr).not.toContain(secret)
}

eachBareNox('nox doctor beside a running NOX', (bare) => {
  it('finds everything well, and says what it saw', async () => {
    const { slack, env, nox } = bare()
    await slack.install(company, 'U0ALICE')
    const tenantId = (await nox.storage.installations.tenantOf(company)) ?? ''
    await nox.storage.catalogue.saveCluster(
      { tenantId, id: 'c1', name: 'prod', environment: 'production', namespaces: [] } as never,
      { server: 'https://10.0.0.1', token: 'a-cluster-token' } as never,
    )
    await nox.storage.integrations.save({ tenantId, vendor: 'github' } as never, { token: 'a-github-token' })
    const { run, ok, checks, about } = await doctor(env)
    expect(checks.filter((each) => each.state === 'failed')).toEqual([])
    expect({ code: run.code, ok }).toEqual({ code: 0, ok: true })
    expect(about('secrets')[0]?.sentence).toBe('The master key opened 3 secrets.')
    expect(about('scopes')[0]?.sentence).toBe('1 of 1 workspaces accept NOX.')
    expect(about('migrations', 'ok')).toHaveLength(1)
    expect(about('slack', 'ok')).toHaveLength(1)
    expect(about('app', 'ok')).toHaveLength(1)
    expect(about('address', 'ok')).toHaveLength(1)
    expect(about('clock', 'ok').length).toBeGreaterThan(0)
    if (env.DATABASE_PATH) expect(about('database')[0]?.sentence).toContain('A running NOX owns it.')
    expectNoSecrets(run, env, 'a-cluster-token', 'a-github-token', slack.installation(company)?.token ?? '')
  })

  it('says in sentences what it says as JSON', async () => {
    const run = await runCli(['doctor'], bare().env)
    expect(run.code).toBe(0)
    expect(run.stdout).toMatch(/^ok {7}configuration {2}It can be used: Slack over HTTP/m)
    expect(run.stdout).toMatch(/^warning {2}configuration .*\n {24}→ /m)
    expect(run.stdout).toContain('NOX can work: 0 failed')
  })

  it('tells what Stripe lacks of what NOX sells, and a key that it does not know', async () => {
    const empty = await startStripe(Date.now, false)
    try {
      const { url, env } = bare()
      const keys = { STRIPE_SECRET_KEY: stripeKeys.secretKey, STRIPE_WEBHOOK_SECRET: stripeKeys.webhookSecret }
      const stripe = { ...env, ...keys, STRIPE_API_URL: empty.apiUrl }
      const before = await doctor(stripe)
      expect(before.run.code).toBe(1)
      expect(before.about('payments', 'failed').map((each) => each.sentence)).toEqual([
        expect.stringMatching(/lacks price .*meter/),
        expect.stringContaining(`no endpoint leads to ${url}/webhooks/stripe`),
      ])
      for (const each of before.about('payments')) expect(each.remedy).toContain('billing setup')
      expect((await runCli(['billing', 'setup'], stripe)).code).toBe(0)
      expect((await doctor(stripe)).about('payments')).toMatchObject([{ state: 'ok' }])
      const wrong = await doctor({ ...stripe, STRIPE_SECRET_KEY: 'sk_test_of_nobody' })
      expect(wrong.about('payments')).toMatchObject([
        { state: 'failed', remedy: expect.stringContaining('STRIPE_SECRET_KEY') },
      ])
      expectNoSecrets(wrong.run, env, 'sk_test_of_nobody', stripeKeys.webhookSecret)
    } finally {
      await empty.close()
    }
  })

  it('tells a collector of traces that is there, one that refuses, and one that is not', async () => {
    const collector = await startOtlpReceiver('key')
    try {
      const traces = async (more: Record<string, string>) => (await doctor({ ...bare().env, ...more })).about('traces')
      const OTEL_EXPORTER_OTLP_ENDPOINT = collector.endpoint
      const told = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: 'authorization=key' }
      expect(await traces(told)).toMatchObject([{ state: 'ok' }])
      expect(await traces({ OTEL_EXPORTER_OTLP_ENDPOINT })).toMatchObject([{ state: 'warning' }])
      expect(await traces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })).toMatchObject([{ state: 'warning' }])
      expect(await traces({})).toEqual([])
    } finally {
      await collector.close()
    }
  })

  it('tells that another master key opens nothing', async () => {
    const { env } = bare()
    await bare().slack.install(company, 'U0ALICE')
    const other = { ...env, NOX_MASTER_KEY: randomBytes(32).toString('base64') }
    const { run, about } = await doctor(other)
    expect(run.code).toBe(1)
    expect(about('secrets', 'failed').map((each) => each.sentence)).toContainEqual(
      expect.stringContaining('does not open the Slack token of tenant'),
    )
    expect(about('secrets', 'failed').map((each) => each.sentence)).toContainEqual(
      expect.stringContaining('is not the one that this database was first used with'),
    )
    expect(about('secrets', 'failed')[0]?.remedy).toContain('NOX_MASTER_KEY')
    expectNoSecrets(run, other)
  })

  it('tells credentials that Slack does not know', async () => {
    const { env } = bare()
    const [id, secret] = await Promise.all([
      doctor({ ...env, SLACK_CLIENT_ID: '9.9' }),
      doctor({ ...env, SLACK_CLIENT_SECRET: 'wrong' }),
    ])
    expect(id.about('app', 'failed')[0]?.sentence).toBe('Slack does not know SLACK_CLIENT_ID.')
    expect(secret.about('app', 'failed')[0]?.sentence).toBe('Slack does not know SLACK_CLIENT_SECRET.')
    expect([id.run.code, secret.run.code]).toEqual([1, 1])
  })

  it('tells a workspace that revoked its token', async () => {
    const { env, slack, nox } = bare()
    await slack.install(company, 'U0ALICE')
    const installation = await nox.storage.installations.find(company)
    if (!installation) throw new Error('not installed')
    await nox.storage.installations.save({ ...installation, botToken: 'xoxb-revoked-long-ago' })
    const { run, about } = await doctor(env)
    expect(run.code).toBe(1)
    expect(about('scopes', 'failed')[0]).toMatchObject({
      sentence: `${company} refuses NOX: invalid_auth.`,
      remedy: expect.stringContaining('/slack/install'),
    })
    expectNoSecrets(run, env, 'xoxb-revoked-long-ago')
    await slack.install(company, 'U0ALICE')
  })

  it('tells scopes that are missing, and a clock that is wrong', async () => {
    const { env, slack } = bare()
    await slack.install(company, 'U0ALICE')
    // Slack, seen through a proxy: an hour late, and with fewer scopes than NOX asks for.
    const proxy = createServer(async (request, response) => {
      const body: Buffer[] = []
      for await (const chunk of request) body.push(chunk as Buffer)
      const headers = {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/x-www-form-urlencoded',
      }
      const target = new URL(request.url?.replace(/^\/api\//, '') ?? '', slack.apiUrl)
      const answer = await fetch(target, { method: 'POST', headers, body: Buffer.concat(body) })
      const date = new Date(Date.now() - 3_600_000).toUTCString()
      const scopes = answer.headers.get('x-oauth-scopes')?.replace('files:write,', '').replace('groups:history', 'x')
      response
        .writeHead(answer.status, { date, ...(scopes ? { 'x-oauth-scopes': scopes } : {}) })
        .end(await answer.text())
    })
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
    try {
      const { port } = proxy.address() as AddressInfo
      const { run, about } = await doctor({ ...env, SLACK_API_URL: `http://127.0.0.1:${port}/api/` })
      expect(run.code).toBe(1)
      expect(about('scopes', 'failed')[0]?.sentence).toBe(`Société X (${company}) does not grant files:write.`)
      expect(about('clock', 'failed')[0]?.sentence).toMatch(/^The clock of Slack is 3[56]\d\d s behind/)
    } finally {
      proxy.closeAllConnections()
      proxy.close()
    }
  })
})

eachBareNox(
  'nox doctor beside a NOX on a socket',
  (bare) => {
    it('asks whether Slack opens one', async () => {
      const { env } = bare()
      const right = await doctor(env)
      const wrong = await doctor({ ...env, SLACK_APP_TOKEN: 'xapp-1-A0NOX-1-other' })
      expect(right.about('app').map((each) => each.state)).toEqual(['ok', 'ok'])
      expect(wrong.about('app', 'failed')[0]?.sentence).toBe('Slack opens no socket: invalid_auth.')
      expect([right.run.code, wrong.run.code]).toEqual([0, 1])
      expectNoSecrets(wrong.run, { SLACK_APP_TOKEN: 'xapp-1-A0NOX-1-other' })
    })
  },
  { socket: true },
)

describe('nox doctor before the first start', () => {
  it('names each variable that can’t be used', async () => {
    const { run, about } = await doctor({ PORT: 'many', NOX_MASTER_KEY: 'short-secret' })
    expect(run.code).toBe(1)
    const sentences = about('configuration', 'failed').map((each) => each.sentence)
    expect(sentences).toEqual([expect.stringMatching(/^PORT: /), expect.stringMatching(/^NOX_MASTER_KEY: /)])
    expectNoSecrets(run, { NOX_MASTER_KEY: 'short-secret' })
  })

  it('says what is still to do for a database that is not there yet', async () => {
    const { run, about } = await doctor({})
    expect(run.code).toBe(0)
    expect(about('migrations', 'warning')[0]?.sentence).toBe('The database is empty.')
    expect(about('configuration', 'warning')[0]?.sentence).toContain('opens the sandbox')
  })

  it('tells a Postgres that nobody answers for, and keeps its password', async () => {
    const { run, about } = await doctor({ DATABASE_URL: 'postgres://nox:a-password@127.0.0.1:1/nox' })
    expect(run.code).toBe(1)
    expect(about('database', 'failed')[0]?.sentence).toContain('ECONNREFUSED')
    expectNoSecrets(run, {}, 'a-password')
  })

  it('tells a file that is no database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nox-doctor-'))
    try {
      writeFileSync(join(folder, 'nox.db'), 'hello '.repeat(1000))
      const { run, about } = await doctor({ DATABASE_PATH: join(folder, 'nox.db') })
      expect(run.code).toBe(1)
      expect(about('database', 'failed')[0]?.sentence).toContain('not a database')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
