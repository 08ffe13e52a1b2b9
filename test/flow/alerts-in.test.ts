import { createHash, createHmac } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import type { AlertSource } from '../../src/domain/alert.ts'
import { alertmanager, datadog, github, grafana } from '../alerts/payloads.ts'
import { entry } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { societeX } from '../helpers/sandbox.ts'

const secret = 'an-unguessable-secret-of-this-address'

eachSandbox('the way in for alerts', (sandbox) => {
  const storage = () => sandbox().nox.storage
  let tenantId = ''
  let other = ''
  const hookOf = (tenant: string, source: AlertSource, of = secret) =>
    storage().alertHooks.save(
      {
        tenantId: tenant,
        source,
        secretHash: createHash('sha256').update(of).digest('hex'),
        createdBy: 'U0ALICE',
        createdAt: 1,
      },
      entry({}),
    )
  beforeAll(async () => {
    tenantId = (await storage().installations.tenantOf(societeX)) ?? ''
    other = (await storage().installations.tenantOf('T0FREELEA')) ?? ''
    for (const source of ['grafana', 'alertmanager', 'datadog', 'github'] as const) await hookOf(tenantId, source)
    await hookOf(other, 'grafana', `${secret}-of-lea`)
    const [known] = (await storage().integrations.list(tenantId)).filter(({ vendor }) => vendor === 'github')
    const before = await storage().integrations.secrets(tenantId, 'github')
    if (known) await storage().integrations.save(known, { ...before, webhookSecret: 'of-github' })
  })
  const send = async (
    source: string,
    payload: unknown,
    over: { secret?: string; tenant?: string; headers?: object; body?: string } = {},
  ) => {
    const path = `/hooks/${over.tenant ?? tenantId}/${source}/${over.secret ?? secret}`
    const response = await fetch(`${sandbox().url.replace('localhost', '127.0.0.1')}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...over.headers },
      body: over.body ?? JSON.stringify(payload),
    })
    return response.status
  }
  const kept = (tenant = tenantId) => storage().alerts.list(tenant, {}, 100)

  it('keeps what every source sends, under the names of the catalogue', async () => {
    expect(await send('grafana', grafana)).toBe(202)
    expect(await send('alertmanager', alertmanager)).toBe(202)
    expect(await send('datadog', datadog)).toBe(202)
    const all = await kept()
    expect(all.map(({ alert }) => alert.title).sort()).toEqual([
      'High CPU usage',
      'High memory usage',
      'InstanceDown',
      '[Triggered on {service:checkout}] Checkout answers slowly',
    ])
    expect(all.find(({ alert }) => alert.title === 'High memory usage')?.alert).toMatchObject({
      service: 'user-api',
      environment: 'production',
    })
  })

  it('counts a repeated delivery once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => send('alertmanager', alertmanager)))
    expect((await kept()).find(({ alert }) => alert.source === 'alertmanager')?.count).toBe(1)
  })

  it('asks GitHub for its signature besides', async () => {
    const body = JSON.stringify(github('failure'))
    const headers = (of: string) => ({
      'x-github-event': 'workflow_run',
      'x-hub-signature-256': `sha256=${createHmac('sha256', of).update(body).digest('hex')}`,
    })
    expect(await send('github', null, { body, headers: headers('of-nobody') })).toBe(401)
    expect(await send('github', null, { body })).toBe(401)
    expect(await send('github', null, { body, headers: headers('of-github') })).toBe(202)
    expect((await kept()).find(({ alert }) => alert.source === 'github')?.alert).toMatchObject({ service: 'user-api' })
  })

  it('holds Grafana to its signature where it signs', async () => {
    const body = JSON.stringify(grafana)
    const sign = (text: string, of = secret) => createHmac('sha256', of).update(text).digest('hex')
    const signed = (signature: string, timestamp?: number) =>
      send('grafana', null, {
        body,
        headers: {
          'x-grafana-alerting-signature': signature,
          ...(timestamp === undefined ? {} : { 'x-grafana-alerting-timestamp': String(timestamp) }),
        },
      })
    const now = Math.floor(Date.now() / 1000)
    expect(await signed(sign(body))).toBe(202)
    expect(await signed(sign(`${now}:${body}`), now)).toBe(202)
    expect(await signed(sign(body, 'of-nobody'))).toBe(401)
    expect(await signed(sign(`${body} `))).toBe(401)
    expect(await signed('')).toBe(401)
    const old = now - 3_600
    expect(await signed(sign(`${old}:${body}`), old)).toBe(401)
  })

  it('lets nobody in with another secret, another tenant’s, or for another source', async () => {
    const before = await kept(other)
    const attempts = [
      send('grafana', grafana, { secret: `${secret}x` }),
      send('grafana', grafana, { secret: `${secret}-of-lea` }),
      send('grafana', grafana, { tenant: other }),
      send('grafana', grafana, { tenant: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }),
      send('kubernetes', grafana),
      send('nobody', grafana),
      send('alertmanager', alertmanager, { tenant: other, secret: `${secret}-of-lea` }),
      send('grafana', grafana, { secret: 'short' }),
    ]
    expect(await Promise.all(attempts)).toEqual(attempts.map(() => 404))
    expect(await kept(other)).toEqual(before)
  })

  it('bears what is unreadable, empty, too long, or no POST', async () => {
    expect(await send('grafana', null, { body: 'not json' })).toBe(422)
    expect(await send('grafana', { alerts: [] })).toBe(204)
    const long = send('grafana', null, { body: 'x'.repeat(1_100_000) })
    expect(await long.catch(() => 413)).toBe(413)
    const url = `${sandbox().url.replace('localhost', '127.0.0.1')}/hooks/${tenantId}/grafana/${secret}`
    expect((await fetch(url)).status).toBe(405)
  })

  it('tells a sender that guesses to go away', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 60 }, (_, n) => send('grafana', grafana, { secret: `guess-number-${n}-of-a-secret` })),
    )
    expect(new Set(statuses)).toEqual(new Set([404, 429]))
    // Who has the secret is not locked out by that.
    expect(await send('grafana', { alerts: [] })).toBe(204)
  })
})
