import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SandboxEvent, SandboxMessage, SandboxState } from '../../src/sandbox/client-api.ts'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { type BoltApp, client, startBolt, startDouble, until } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
const plain = (text: string) => ({ type: 'plain_text' as const, text })
let double: SlackDouble
let bolt: BoltApp
const cluster: string[] = []

beforeAll(async () => {
  double = await startDouble({
    shortcuts: [{ callback_id: 'ask', name: 'Ask NOX' }],
    onCluster: (what, service) => void cluster.push(`${what} ${service}`),
  })
  bolt = await startBolt(double)
  await double.install(team, 'U0ALICE')
  bolt.app.event('app_mention', async ({ event, say }) => {
    await say({ text: `echo ${event.text}`, thread_ts: event.ts })
  })
  bolt.app.action('go', async ({ ack }) => ack())
})
afterAll(async () => {
  await double.close()
  await bolt.close()
})

const address = (path: string, user = 'U0BOB') => {
  const url = new URL(`${double.url}/sandbox/api${path}`)
  url.searchParams.set('team', team)
  url.searchParams.set('user', user)
  return url
}
const call = async <T = Record<string, unknown>>(method: string, path: string, body?: unknown, user?: string) => {
  const headers = { 'content-type': 'application/json' }
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) }
  const response = await fetch(address(path, user), init)
  return { status: response.status, body: (await response.json()) as T }
}
const web = () => client(double, double.installation(team)?.token ?? '')

/** What one person's page is told, until it is closed. */
async function listen(user: string): Promise<{ events: SandboxEvent[]; close: () => void }> {
  const control = new AbortController()
  const response = await fetch(address('/stream', user), { signal: control.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events: SandboxEvent[] = []
  const read = async () => {
    let text = ''
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (text + part).split('\n\n')
      text = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)))
    }
  }
  read().catch(() => {})
  await until(() => events.length > 0)
  return { events, close: () => control.abort() }
}

describe('the state of a page', () => {
  it('shows workspaces, people, channels of the person and the app', async () => {
    const { body } = await call<SandboxState>('GET', '/state')
    expect(body.teams.map(({ name, installed }) => [name, installed])).toEqual([
      ['Société X', true],
      ['Freelance Léa', false],
    ])
    expect(body.users.map(({ name, title }) => [name, title])).toContainEqual(['carol', 'senior'])
    expect(body.channels.map(({ name, kind }) => `${kind} ${name}`)).toEqual(
      expect.arrayContaining(['public general', 'public devops', 'public incidents', 'im NOX']),
    )
    expect(body.app).toEqual({ id: 'A0NOX', name: 'NOX', botUserId: 'U0NOXSOCX', installed: true })
    expect(body.shortcuts).toEqual([{ callback_id: 'ask', name: 'Ask NOX' }])
    const dora = await call<SandboxState>('GET', '/state', undefined, 'U0DORA')
    expect(dora.body.channels.filter(({ kind }) => kind === 'public').map(({ name }) => name)).toEqual(['devops'])
  })

  it('knows nobody else, and no other site', async () => {
    expect(await call('GET', '/state', undefined, 'U0LEA')).toEqual({ status: 400, body: { error: 'user_not_found' } })
    expect((await call('GET', '/nothing')).status).toBe(404)
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await fetch(address('/state'), { headers })).status).toBe(403)
    const form = await fetch(address('/messages'), { method: 'POST', body: '{"channel":"C0DEVOPS","text":"x"}' })
    expect(form.status).toBe(403)
  })
})

describe('a conversation', () => {
  it('is answered in its thread and seen live by the members, with unread counts', async () => {
    const carol = await listen('U0CAROL')
    const dora = await listen('U0DORA')
    const { body } = await call<{ message: SandboxMessage }>('POST', '/messages', {
      channel: 'C0INCIDENTS',
      text: '@NOX status @carol',
    })
    await until(() => carol.events.some((event) => event.type === 'message' && event.message.bot_id !== undefined))
    await until(() => carol.events.some((event) => event.type === 'request' && event.request.name === 'app_mention'))
    const unread = carol.events.flatMap((event) => (event.type === 'channel' ? [event.channel] : []))
    expect(unread[0]).toMatchObject({ name: 'incidents', unread: 1, mentions: 1 })
    expect(dora.events.filter((event) => event.type === 'message')).toEqual([])
    carol.close()
    dora.close()
    const top = await call<{ messages: SandboxMessage[] }>('GET', '/messages?channel=C0INCIDENTS', undefined, 'U0CAROL')
    expect(top.body.messages.at(-1)).toMatchObject({ ts: body.message.ts, reply_count: 1, user: 'U0BOB' })
    const path = `/messages?channel=C0INCIDENTS&thread=${body.message.ts}`
    const thread = await call<{ messages: SandboxMessage[] }>('GET', path)
    expect(thread.body.messages.map(({ text }) => text)).toEqual([
      '<@U0NOXSOCX> status <@U0CAROL>',
      'echo <@U0NOXSOCX> status <@U0CAROL>',
    ])
    const state = await call<SandboxState>('GET', '/state', undefined, 'U0CAROL')
    expect(state.body.channels.find(({ name }) => name === 'incidents')).toMatchObject({ unread: 0, mentions: 0 })
    expect((await call('GET', '/messages?channel=C0INCIDENTS', undefined, 'U0DORA')).status).toBe(400)
  })

  it('shows an ephemeral message to its reader, who can dismiss it', async () => {
    const { message_ts: ts } = await web().chat.postEphemeral({ channel: 'C0DEVOPS', user: 'U0BOB', text: 'psst' })
    const seen = async (user: string) => {
      const { body } = await call<{ messages: SandboxMessage[] }>('GET', '/messages?channel=C0DEVOPS', undefined, user)
      return body.messages.find((message) => message.ts === ts)?.ephemeral
    }
    expect([await seen('U0BOB'), await seen('U0CAROL')]).toEqual([true, undefined])
    expect((await call('POST', '/dismiss', { channel: 'C0DEVOPS', ts }, 'U0CAROL')).status).toBe(400)
    expect((await call('POST', '/dismiss', { channel: 'C0DEVOPS', ts })).status).toBe(200)
    expect(await seen('U0BOB')).toBeUndefined()
  })

  it('gives files to members of the channel', async () => {
    await web().filesUploadV2({ channel_id: 'C0GENERAL', filename: 'a.log', content: 'a\nb\n' })
    const { body } = await call<{ messages: SandboxMessage[] }>('GET', '/messages?channel=C0GENERAL')
    const file = body.messages.at(-1)?.files?.[0]
    expect(file).toMatchObject({ name: 'a.log', size: 4, lines: 2 })
    expect(await (await fetch(address(`/files/${file?.id}`))).text()).toBe('a\nb\n')
    expect((await fetch(address(`/files/${file?.id}`, 'U0DORA'))).status).toBe(404)
  })

  it('takes presses, reactions, and says what failed', async () => {
    const elements = [{ type: 'button' as const, action_id: 'go', text: plain('Go') }]
    const blocks = [{ type: 'actions' as const, block_id: 'row', elements }]
    const { ts } = await web().chat.postMessage({ channel: 'C0DEVOPS', text: 'x', blocks })
    const source = { kind: 'message', channel: 'C0DEVOPS', ts }
    const press = { source, block_id: 'row', action_id: 'go', element: { type: 'button' } }
    expect(await call('POST', '/actions', press)).toEqual({ status: 200, body: { ok: true } })
    expect(await call('POST', '/actions', { ...press, action_id: 'no' })).toMatchObject({
      status: 400,
      body: { error: 'action_not_found' },
    })
    expect((await call('POST', '/actions', { source: 'x' })).body.error).toBe('invalid_arguments')
    const reaction = { channel: 'C0DEVOPS', ts, name: 'eyes', add: true }
    expect((await call('POST', '/reactions', reaction)).status).toBe(200)
    expect((await call('POST', '/reactions', reaction)).body.error).toBe('already_reacted')
  })
})

describe('the panel', () => {
  beforeEach(() => double.faults.clear())

  it('breaks and repairs', async () => {
    expect((await call('POST', '/faults', { kind: 'rate-limit', method: '*', times: 2 })).status).toBe(200)
    expect((await call('POST', '/faults', { kind: 'earthquake', method: '*' })).status).toBe(400)
    expect((await call('GET', '/faults')).body).toEqual({ faults: [{ kind: 'rate-limit', method: '*', times: 2 }] })
    await call('DELETE', '/faults')
    expect((await call('GET', '/faults')).body).toEqual({ faults: [] })
    await call('POST', '/cluster', { what: 'crash', service: 'user-api' })
    expect(cluster).toEqual(['crash user-api'])
    expect((await call('POST', '/cluster', { what: 'explode', service: 'user-api' })).status).toBe(400)
  })

  it('shows requests without secrets', async () => {
    const { body } = await call<{ requests: unknown[] }>('GET', '/requests')
    expect(body.requests.length).toBeGreaterThan(3)
    expect(JSON.stringify(body)).not.toContain(double.installation(team)?.token)
    expect(JSON.stringify(body)).not.toContain('a-client-secret')
  })

  it('uninstalls for admins alone', async () => {
    expect((await call('POST', '/uninstall', {})).status).toBe(403)
    expect((await call('POST', '/uninstall', {}, 'U0ALICE')).status).toBe(200)
    expect((await call<SandboxState>('GET', '/state')).body.app.installed).toBe(false)
    expect((await call('POST', '/home', { tab: 'home' })).body).toEqual({ home: null })
  })
})

describe('what the page can make', () => {
  it('opens direct messages between two people of a workspace', async () => {
    const { body } = await call<{ channel: string }>('POST', '/direct', { user: 'U0CAROL' })
    expect((await call<{ channel: string }>('POST', '/direct', { user: 'U0BOB' }, 'U0CAROL')).body).toEqual(body)
    const said = await call('POST', '/messages', { channel: body.channel, text: 'between us' })
    expect(said.status).toBe(200)
    expect((await call('GET', `/messages?channel=${body.channel}`, undefined, 'U0ALICE')).body).toMatchObject({
      error: 'channel_not_found',
    })
    for (const user of ['U0LEA', 'U0BOB', 'nobody']) {
      expect((await call('POST', '/direct', { user })).body).toMatchObject({ error: 'user_not_found' })
    }
  })

  it('shares files of people, seen by the channel alone', async () => {
    const base64 = Buffer.from('hello\nworld\n').toString('base64')
    const { body } = await call<{ message: SandboxMessage }>('POST', '/files', {
      channel: 'C0DEVOPS',
      name: 'a.txt',
      base64,
    })
    const [file] = body.message.files ?? []
    expect(file).toMatchObject({ name: 'a.txt', size: 12, lines: 2 })
    expect(await (await fetch(address(`/files/${file?.id}`))).text()).toBe('hello\nworld\n')
    const empty = await call('POST', '/files', { channel: 'C0DEVOPS', name: 'a.txt', base64: '' })
    expect(empty.body).toMatchObject({ error: 'no_file_data' })
  })

  it('makes a workspace without the app, up to a limit', async () => {
    const { body } = await call<{ team: string; user: string; channel: string }>('POST', '/workspaces', {
      name: 'Étoile Sud',
    })
    const url = address('/state', body.user)
    url.searchParams.set('team', body.team)
    const state = (await (await fetch(url)).json()) as SandboxState
    expect(state.app.installed).toBe(false)
    expect(state.teams.find(({ id }) => id === body.team)).toMatchObject({
      name: 'Étoile Sud',
      installed: false,
      user: body.user,
      channel: body.channel,
    })
    expect(state.channels.map(({ name }) => name)).toEqual(['general', 'devops'])
    expect((await call('POST', '/workspaces', { name: ' ' })).body).toMatchObject({ error: 'invalid_name' })
    expect((await call('POST', '/workspaces', { name: 'x'.repeat(41) })).body).toMatchObject({ error: 'invalid_name' })
    for (let count = 0; count < 20; count += 1) await call('POST', '/workspaces', { name: `W${count}` })
    expect((await call('POST', '/workspaces', { name: 'one more' })).body).toMatchObject({
      error: 'too_many_workspaces',
    })
  })

  it('switches one fault off and leaves the others', async () => {
    const page = await listen('U0BOB')
    await call('POST', '/faults', { kind: 'slow', method: 'views.*' })
    await call('POST', '/faults', { kind: 'reset', method: 'views.*', times: 2 })
    await call('DELETE', '/faults?kind=slow&method=views.*')
    expect((await call('GET', '/faults')).body).toEqual({ faults: [{ kind: 'reset', method: 'views.*', times: 2 }] })
    await until(() => page.events.filter(({ type }) => type === 'faults').length === 3)
    page.close()
    await call('DELETE', '/faults')
    expect((await call('GET', '/faults')).body).toEqual({ faults: [] })
  })
})
