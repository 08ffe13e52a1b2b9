import type { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SandboxState } from '../../src/sandbox/client-api.ts'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { defaultEvents } from '../../src/sandbox/slack/options.ts'
import { type BoltApp, botScopes, client, failure, startBolt, startDouble, until } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
const bot = 'U0NOXSOCX'
const scopes = [
  ...botScopes,
  'mpim:read',
  'mpim:write',
  'mpim:history',
  'im:write',
  'im:read',
  'groups:read',
  'channels:join',
  'channels:manage',
]
let double: SlackDouble
let bolt: BoltApp
let web: WebClient
const seen: Record<string, unknown>[] = []

beforeAll(async () => {
  double = await startDouble({ events: [...defaultEvents, 'message.mpim'], rateLimits: false })
  bolt = await startBolt(double)
  await double.install(team, 'U0ALICE')
  for (const name of ['message', 'app_mention'] as const) {
    bolt.app.event(name, async ({ event }) => void seen.push({ ...event }))
  }
  grant(scopes.filter((scope) => !scope.startsWith('mpim:')))
})
afterAll(async () => {
  await double.close()
  await bolt.close()
})

const grant = (some: readonly string[]) => {
  web = client(double, double.grant(team, 'U0ALICE', [...some]).token)
}
const code = async (call: Promise<unknown>) => (await failure(call)).error
const page = async <T>(user: string, path: string, body?: unknown) => {
  const address = `${double.url}/sandbox/api${path}?team=${team}&user=${user}`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(address, body ? { method: 'POST', headers, body: JSON.stringify(body) } : {})
  return (await response.json()) as T
}
const namesOf = async (user: string) =>
  (await page<SandboxState>(user, '/state')).channels.filter(({ kind }) => kind === 'mpim').map(({ name }) => name)

it('wants scopes of its own', async () => {
  const { channel } = await page<{ channel: string }>('U0BOB', '/direct', { users: ['U0CAROL', bot] })
  for (const [call, needed] of [
    [web.conversations.open({ users: 'U0BOB,U0CAROL' }), 'mpim:write'],
    [web.conversations.list({ types: 'mpim' }), 'mpim:read'],
    [web.conversations.info({ channel }), 'mpim:read'],
    [web.conversations.history({ channel }), 'mpim:history'],
  ] as const) {
    expect(await failure(call)).toMatchObject({ error: 'missing_scope', needed })
  }
  grant(scopes)
})

it('opens one for the same people in any order, and shows it as Slack does', async () => {
  const { channel } = await web.conversations.open({ users: 'U0BOB,U0CAROL', return_im: true })
  const id = String(channel?.id)
  expect(channel).toMatchObject({
    name: 'mpdm-bob--carol--nox-1',
    is_mpim: true,
    is_im: false,
    is_private: true,
    is_member: true,
    purpose: { value: 'Group messaging with: @bob @carol @nox' },
  })
  const again = { no_op: true, already_open: true, channel: { id } }
  expect(await web.conversations.open({ users: 'U0CAROL,U0BOB,U0CAROL' })).toMatchObject(again)
  expect(await web.conversations.open({ channel: id })).toMatchObject(again)
  expect((await web.conversations.members({ channel: id })).members).toEqual(['U0BOB', 'U0CAROL', bot])
  expect((await web.conversations.info({ channel: id })).channel).toMatchObject({ id, is_mpim: true })
  const list = async (types: string) => (await web.conversations.list({ types })).channels?.map((each) => each.id)
  expect(await list('mpim')).toEqual([id])
  expect(await list('im,private_channel,public_channel')).not.toContain(id)
  expect((await web.users.conversations({ types: 'mpim' })).channels).toMatchObject([{ id }])
})

it('refuses what Slack refuses', async () => {
  const open = (users: string, more = {}) => code(web.conversations.open({ users, ...more }))
  expect(await open('U0BOB,U0NOBODY')).toBe('user_not_found')
  expect(await open('U0BOB,U0LEA')).toBe('user_not_found')
  expect(await open(`U0BOB,${bot}`)).toBe('cannot_dm_bot')
  await double.deactivate('U0EMMA')
  expect(await open('U0EMMA')).toBe('user_disabled')
  await double.deactivate('U0EMMA', false)
  expect(await open('U0BOB,U0ALICE', { prevent_creation: true })).toBe('channel_not_found')
  expect(await open(Array.from({ length: 9 }, (_, n) => `U0PERSON${n}`).join(','))).toBe('too_many_users')
  const { channel } = await web.conversations.open({ users: 'U0BOB,U0CAROL' })
  const id = String(channel?.id)
  for (const change of [
    web.conversations.invite({ channel: id, users: 'U0EMMA' }),
    web.conversations.rename({ channel: id, name: 'ours' }),
    web.conversations.join({ channel: id }),
  ]) {
    expect(await code(change)).toBe('method_not_supported_for_channel_type')
  }
})

it('tells the app what is said there, a mention besides, and nothing of groups without it', async () => {
  const { channel } = await web.conversations.open({ users: 'U0BOB,U0CAROL' })
  const id = String(channel?.id)
  seen.length = 0
  const said = (await page<{ message: { ts: string } }>('U0BOB', '/messages', { channel: id, text: 'on y va ?' }))
    .message
  await until(() => seen.length === 1)
  expect(seen[0]).toMatchObject({ type: 'message', channel_type: 'mpim', channel: id, user: 'U0BOB', ts: said.ts })
  await page('U0CAROL', '/messages', { channel: id, text: '@NOX status' })
  await until(() => seen.length === 3)
  expect(seen.map(({ type }) => type).sort()).toEqual(['app_mention', 'message', 'message'])

  const between = { users: ['U0CAROL', 'U0ALICE'] }
  const { channel: theirs } = await page<{ channel: string }>('U0BOB', '/direct', between)
  await page('U0BOB', '/messages', { channel: theirs, text: '@NOX rien pour toi' })
  expect(await code(web.conversations.info({ channel: theirs }))).toBe('channel_not_found')
  expect(await code(web.chat.postMessage({ channel: theirs, text: 'x' }))).toBe('channel_not_found')
  await web.chat.postMessage({ channel: id, text: 'noté' })
  // What is told next is Bob's word in the group of the app: nothing came of the other group.
  await page('U0BOB', '/messages', { channel: id, text: 'merci' })
  await until(() => seen.length === 4)
  expect(seen[3]).toMatchObject({ channel: id, channel_type: 'mpim', text: 'merci' })
})

it('is shown to its people by the names of the others, unread as a direct message is', async () => {
  expect(await namesOf('U0BOB')).toEqual(['Carol Nguyen, NOX', 'Carol Nguyen, Alice Martin'])
  expect(await namesOf('U0ALICE')).toEqual(['Bob Dupont, Carol Nguyen'])
  expect(await namesOf('U0EMMA')).toEqual([])
  const { channels } = await page<SandboxState>('U0ALICE', '/state')
  expect(channels.find(({ kind }) => kind === 'mpim')).toMatchObject({ unread: 1, mentions: 1 })
  const refused = (users: unknown) => page('U0BOB', '/direct', { users })
  expect(await refused(['U0CAROL'])).toMatchObject({ error: 'not_enough_users' })
  expect(await refused(['U0CAROL', 'U0BOB'])).toMatchObject({ error: 'user_not_found' })
  expect(await refused('U0CAROL,U0ALICE')).toMatchObject({ error: 'invalid_arguments' })
})
