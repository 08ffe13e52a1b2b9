import type { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { defaultEvents } from '../../src/sandbox/slack/options.ts'
import { type BoltApp, botScopes, client, failure, secrets, startBolt, startDouble } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
const devops = 'C0DEVOPS'
const more = ['bookmarks:write', 'channels:join', 'channels:manage', 'links:write', 'mpim:write', 'pins:write']
let ahead = 0
let clockIsBroken = false
let double: SlackDouble
let bolt: BoltApp
let web: WebClient
let posted = ''
let link = ''
let answerTo = ''

beforeAll(async () => {
  double = await startDouble({
    now: () => {
      if (clockIsBroken) throw new Error('no time')
      return Date.now() + ahead
    },
    unfurlDomains: ['nox.example'],
    events: [...defaultEvents, 'link_shared'],
  })
  bolt = await startBolt(double)
  bolt.app.command('/nox', async ({ ack, command }) => {
    answerTo = command.response_url
    await ack()
  })
  await double.install(team, 'U0ALICE')
  web = client(double, double.grant(team, 'U0ALICE', [...botScopes, ...more]).token)
  posted = String((await web.chat.postMessage({ channel: devops, text: 'x' })).ts)
  link = double.say(team, 'U0BOB', '#devops', 'see https://nox.example/runs/1').ts
  await double.slash(team, 'U0BOB', '#devops', '/nox', 'help')
})
afterAll(async () => {
  await double.close()
  await bolt.close()
})

const codeOf = async (call: Promise<unknown>) => (await failure(call)).error
const errorOf = async (asked: Promise<Response>) => ((await (await asked).json()) as { error: string }).error
const toPage = (path: string, body: unknown, as = { team, user: 'U0BOB' }) =>
  fetch(`${double.url}/sandbox/api${path}?${new URLSearchParams(as)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const page = (path: string, body: unknown, as?: { team: string; user: string }) => errorOf(toPage(path, body, as))
const raw = (body: string, type = 'application/x-www-form-urlencoded') =>
  errorOf(fetch(`${double.apiUrl}auth.test`, { method: 'POST', headers: { 'content-type': type }, body }))
/** The page that consent ends on when it refuses, with its code. */
async function consent(query: Record<string, string>, form?: Record<string, string>): Promise<string> {
  const url = `${double.authorizationUrl}?${new URLSearchParams({ client_id: secrets.clientId, state: 's', ...query })}`
  const init = form ? { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' as const } : {}
  const text = await (await fetch(url, init)).text()
  return /<code>(\w+)<\/code>/.exec(text)?.[1] ?? text
}
const post = (content: object) => codeOf(web.chat.postMessage({ channel: devops, ...content } as never))
const unfurl = (args: object) => codeOf(web.chat.unfurl({ channel: devops, ts: link, ...args } as never))
const direct = async () => String((await web.conversations.open({ users: 'U0BOB' })).channel?.id)
const app = { client_id: secrets.clientId, client_secret: secrets.clientSecret }
const many = (count: number, one: (index: number) => unknown) => Array.from({ length: count }, (_, index) => one(index))
const react = (index: number) => web.reactions.add({ channel: devops, timestamp: posted, name: `emoji${index}` })
const bookmark = (type: string, index: number) =>
  web.bookmarks.add({ channel_id: devops, title: `${index}`, type: type as 'link', link: 'https://nox.example' })
async function pin(): Promise<unknown> {
  const { ts } = await web.chat.postMessage({ channel: devops, text: 'x' })
  return web.pins.add({ channel: devops, timestamp: String(ts) })
}
const answer = (body: string) => errorOf(fetch(answerTo, { method: 'POST', body }))
const server = () => errorOf(fetch(`${double.apiUrl}auth.test`, { method: 'POST' }))
function brokenServer(): Promise<string> {
  double.faults.add({ kind: 'server-error', method: 'auth.test', times: 1 })
  return server()
}
async function brokenClock(): Promise<string> {
  clockIsBroken = true
  return server().finally(() => {
    clockIsBroken = false
  })
}
async function tooLate(): Promise<string> {
  ahead = 31 * 60_000
  return answer('{}').finally(() => {
    ahead = 0
  })
}
async function fileOfBob(): Promise<string> {
  const body = { name: 'notes.txt', base64: Buffer.from('notes').toString('base64') }
  return ((await (await toPage('/uploads', body)).json()) as { file: { id: string } }).file.id
}
/** Calls one after the other until one is refused. */
async function untilRefused(call: (index: number) => Promise<unknown>): Promise<string> {
  for (let index = 0; index < 200; index += 1) {
    const code = await call(index).then(
      () => '',
      (error: { data?: { error?: string } }) => error.data?.error ?? '',
    )
    if (code) return code
  }
  return 'never refused'
}

it.each<[string, string, () => Promise<string>]>([
  ['request_too_large', 'a body of over 4 MB', () => raw(`text=${'x'.repeat(4 * 1024 * 1024)}`)],
  ['invalid_post_type', 'a body that is neither form nor JSON', () => raw('x', 'text/plain')],
  ['invalid_limit', 'a page of over 1,000', () => codeOf(web.users.list({ limit: 1001 }))],
  ['markdown_text_conflict', 'markdown beside text', () => post({ text: 'x', markdown_text: 'y' })],
  ['invalid_blocks_format', 'blocks that are no list', () => post({ text: 'x', blocks: { type: 'divider' } })],
  ['too_many_attachments', '101 attachments', () => post({ attachments: many(101, () => ({ text: 'x' })) })],
  ['invalid_metadata_format', 'metadata without a type', () => post({ text: 'x', metadata: { event_payload: {} } })],
  [
    'metadata_too_large',
    'metadata of over 16 KB',
    () => post({ text: 'x', metadata: { event_type: 'x', event_payload: { x: 'x'.repeat(16_384) } } }),
  ],
  [
    'view_too_large',
    'a view of over 250 KB',
    () => {
      const text = { type: 'mrkdwn', text: 'x'.repeat(3_000) }
      const view = {
        type: 'modal',
        title: { type: 'plain_text', text: 'x' },
        blocks: many(90, () => ({ type: 'section', text })),
      }
      return codeOf(web.views.open({ trigger_id: '1.2.3', view: view as never }))
    },
  ],
  ['invalid_unfurl_id', 'an unfurl of an unknown id', () => unfurl({ unfurl_id: 'Uf0', unfurls: {} })],
  ['cannot_find_message', 'an unfurl in no message', () => unfurl({ ts: '1700000000.000001', unfurls: {} })],
  [
    'invalid_unfurls_format',
    'an unfurl that is no object',
    () => unfurl({ unfurls: { 'https://nox.example/runs/1': 1 } }),
  ],
  [
    'cannot_unfurl_message',
    'an unfurl of wrong blocks',
    () => unfurl({ unfurls: { 'https://nox.example/runs/1': { blocks: [{ type: 'section' }] } } }),
  ],
  [
    'invalid_ts_latest',
    'history up to no time',
    () => codeOf(web.conversations.history({ channel: devops, latest: 'x' })),
  ],
  [
    'invalid_name_punctuation',
    'a channel named by signs alone',
    () => codeOf(web.conversations.create({ name: '--' })),
  ],
  ['no_user', 'an invitation of nobody', () => codeOf(web.conversations.invite({ channel: devops, users: ',' }))],
  [
    'too_many_users',
    'an invitation of 101',
    () => codeOf(web.conversations.invite({ channel: devops, users: many(101, (index) => `U${index}`).join(',') })),
  ],
  [
    'method_not_supported_for_channel_type',
    'a topic for direct messages',
    async () => codeOf(web.conversations.setTopic({ channel: await direct(), topic: 'x' })),
  ],
  ['users_list_not_supplied', 'direct messages with nobody', () => codeOf(web.apiCall('conversations.open', {}))],
  ['cannot_dm_bot', 'direct messages with itself', () => codeOf(web.conversations.open({ users: 'U0NOXSOCX' }))],
  ['too_many_emoji', 'a 24th emoji', () => untilRefused(react)],
  ['too_many_pins', 'a 101st pin', () => untilRefused(pin)],
  ['too_many_bookmarks', 'a 101st bookmark', () => untilRefused((index) => bookmark('link', index))],
  ['invalid_bookmark_type', 'a bookmark that is no link', () => codeOf(bookmark('file', 0))],
  ['cant_delete_file', "another's file", async () => codeOf(web.files.delete({ file: await fileOfBob() }))],
  ['bot_not_found', 'another bot', () => codeOf(web.bots.info({ bot: 'B0OTHER' }))],
  ['team_not_found', 'another workspace', () => codeOf(web.team.info({ team: 'T0FREELEA' }))],
  [
    'invalid_channel_type',
    'a title outside of direct messages',
    () => codeOf(web.assistant.threads.setTitle({ channel_id: devops, thread_ts: posted, title: 'x' })),
  ],
  [
    'title_too_long',
    'a session with a title of 201 characters',
    () => {
      const title = 'x'.repeat(201)
      return codeOf(
        web.apiCall('agents.sessions.setStatus', { channel_id: devops, thread_ts: posted, status: 'active', title }),
      )
    },
  ],
  [
    'invalid_grant_type',
    'OAuth by password',
    () => codeOf(client(double, '').apiCall('oauth.v2.access', { ...app, grant_type: 'password' })),
  ],
  ['invalid_scope', 'consent to identity and acts in one', () => consent({ scope: 'openid,chat:write' })],
  [
    'team_not_found',
    'consent for an unknown workspace',
    () => consent({ scope: 'chat:write' }, { answer: 'allow', as: 'T0NONE U0ALICE' }),
  ],
  [
    'not_allowed',
    'an install by a guest',
    () => consent({ scope: 'chat:write' }, { answer: 'allow', as: `${team} U0DORA` }),
  ],
  ['not_allowed', 'an uninstall by who is no admin', () => page('/uninstall', {})],
  ['app_not_installed', 'an uninstall of nothing', () => page('/uninstall', {}, { team: 'T0FREELEA', user: 'U0LEA' })],
  ['not_enough_users', 'a group of two', () => page('/direct', { users: ['U0CAROL'] })],
  ['no_cluster', 'a crash without a cluster', () => page('/cluster', { what: 'crash', service: 'x' })],
  ['no_alerts', 'an alert without monitoring', () => page('/alert', { what: 'fire', service: 'x' })],
  ['invalid_payload', 'an answer that is no JSON', () => answer('x')],
  ['internal_error', 'the fault of a broken server', brokenServer],
  ['fatal_error', 'a double that is broken itself', brokenClock],
  ['expired_url', 'an answer after 31 minutes', tooLate],
])('answers %s to %s', async (code, _, call) => {
  expect(await call()).toBe(code)
})
