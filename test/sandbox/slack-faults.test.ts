import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { botScopes, client, startDouble } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
let double: SlackDouble
let now: number
let token: string

beforeEach(async () => {
  now = Date.parse('2026-11-23T10:00:00Z')
  double = await startDouble({ rateLimits: true, now: () => now })
  token = double.grant(team, 'U0ALICE', botScopes).token
})
afterEach(() => double.close())

const post = (channel = 'C0DEVOPS', text = 'x') =>
  fetch(`${double.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams({ channel, text }),
  })

describe('limits of rate', () => {
  it('lets a burst through, then one message a second a channel', async () => {
    for (let count = 0; count < 10; count += 1) expect((await post()).status).toBe(200)
    const refused = await post()
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' })
    expect((await post('C0GENERAL')).status).toBe(200)
    now += 1000
    expect((await post()).status).toBe(200)
    expect((await post()).status).toBe(429)
  })

  it('holds a method to its tier, and tells the client how long to wait', async () => {
    const web = client(double, token)
    for (let count = 0; count < 20; count += 1) await web.users.list({})
    await expect(web.users.list({})).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 3 })
    double.rateLimits = false
    expect((await web.users.list({})).ok).toBe(true)
  })
})

describe('faults on demand', () => {
  it('answers 429 and 500 as often as asked, for one method', async () => {
    double.faults.add({ kind: 'rate-limit', method: 'chat.postMessage', times: 2 })
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([429, 429, 200])
    double.faults.add({ kind: 'server-error', method: '*', times: 1 })
    expect((await post()).status).toBe(500)
    expect(double.messages('C0DEVOPS')).toHaveLength(1)
    expect(double.faults.list()).toEqual([])
  })

  it('covers methods that begin alike', async () => {
    double.faults.add({ kind: 'rate-limit', method: 'chat.*' })
    expect((await post()).status).toBe(429)
    expect((await client(double, token).auth.test()).ok).toBe(true)
    double.faults.clear()
    expect((await post()).status).toBe(200)
  })

  it('cuts the connection before or after the message was posted', async () => {
    double.faults.add({ kind: 'reset', method: 'chat.postMessage', times: 1 })
    await expect(post()).rejects.toThrow()
    expect(double.messages('C0DEVOPS')).toHaveLength(0)
    double.faults.add({ kind: 'reset', method: 'chat.postMessage', times: 1, after: true })
    await expect(post()).rejects.toThrow()
    expect(double.messages('C0DEVOPS')).toHaveLength(1)
  })

  it('hits answers by response_url and uploads too', async () => {
    const web = client(double, token)
    double.faults.add({ kind: 'server-error', method: 'file upload', times: 1 })
    const { upload_url, file_id } = await web.files.getUploadURLExternal({ filename: 'a.txt', length: 5 })
    const upload = () => fetch(String(upload_url), { method: 'POST', body: 'hello' })
    expect((await upload()).status).toBe(500)
    expect((await upload()).status).toBe(200)
    expect((await web.files.completeUploadExternal({ files: [{ id: String(file_id) }] })).ok).toBe(true)
    double.faults.add({ kind: 'rate-limit', method: 'response_url', times: 1 })
    const hook = () => fetch(`${double.url}/response/none`, { method: 'POST', body: '{}' })
    expect((await hook()).status).toBe(429)
    expect(await (await hook()).json()).toEqual({ ok: false, error: 'invalid_url' })
  })

  it('is slow until repaired', async () => {
    double.faults.add({ kind: 'slow', method: 'chat.postMessage', ms: 150 })
    const started = performance.now()
    await post()
    expect(performance.now() - started).toBeGreaterThan(140)
    double.faults.clear()
    expect(double.faults.list()).toEqual([])
  })
})

describe('traces', () => {
  it('remembers requests without their secrets, up to a limit', async () => {
    const small = await startDouble({ maxTraces: 3 })
    const web = client(small, small.grant(team, 'U0ALICE', botScopes).token)
    await fetch(`${small.apiUrl}auth.test`, { method: 'POST', body: new URLSearchParams({ token }) })
    await web.chat.postMessage({ channel: 'C0DEVOPS', text: `the token is ${token}` })
    const shown = JSON.stringify(small.traces)
    expect(shown).not.toContain(token)
    expect(small.traces.at(-1)).toMatchObject({ name: 'chat.postMessage', direction: 'from-nox', status: 200 })
    for (let count = 0; count < 5; count += 1) await web.auth.test()
    expect(small.traces).toHaveLength(3)
    await small.close()
  })
})
