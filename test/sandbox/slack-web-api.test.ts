import type { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { botScopes, client, failure, secrets, startDouble } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
const devops = 'C0DEVOPS'
let double: SlackDouble
let web: WebClient

beforeAll(async () => {
  double = await startDouble()
  web = client(double, double.grant(team, 'U0ALICE', botScopes).token)
})
afterAll(() => double.close())

const raw = (method: string, init: RequestInit) =>
  fetch(`${double.apiUrl}${method}`, { method: 'POST', ...init }).then((response) => response.json())

describe('tokens', () => {
  it('knows its own', async () => {
    const answer = await web.auth.test()
    expect(answer).toMatchObject({ team_id: team, user_id: 'U0NOXSOCX', bot_id: 'B0NOXSOCX', team: 'Société X' })
    expect(answer.response_metadata?.scopes).toEqual(botScopes)
  })

  it('refuses none, unknown and revoked ones', async () => {
    expect(await raw('auth.test', {})).toEqual({ ok: false, error: 'not_authed' })
    expect((await failure(client(double, 'xoxb-no').auth.test())).error).toBe('invalid_auth')
    const other = client(double, double.grant('T0FREELEA', 'U0LEA', ['chat:write']).token)
    expect(await other.auth.revoke()).toMatchObject({ revoked: true })
    expect((await failure(other.auth.test())).error).toBe('token_revoked')
    const last = client(double, double.grant('T0FREELEA', 'U0LEA', ['chat:write']).token)
    double.uninstall('T0FREELEA')
    expect((await failure(last.auth.test())).error).toBe('account_inactive')
  })

  it('uninstalls with the secret of the app alone', async () => {
    const other = client(double, double.grant('T0FREELEA', 'U0LEA', ['chat:write']).token)
    const { clientId, clientSecret } = secrets
    expect((await failure(other.apps.uninstall({ client_id: 'x', client_secret: clientSecret }))).error).toBe(
      'invalid_client_id',
    )
    expect((await failure(other.apps.uninstall({ client_id: clientId, client_secret: 'x' }))).error).toBe(
      'bad_client_secret',
    )
    await other.apps.uninstall({ client_id: clientId, client_secret: clientSecret })
    expect((await failure(other.auth.test())).error).toBe('account_inactive')
    expect(double.installation('T0FREELEA')).toBeUndefined()
  })

  it('names the scope that misses', async () => {
    const poor = client(double, double.grant('T0FREELEA', 'U0LEA', ['chat:write']).token)
    expect(await failure(poor.users.info({ user: 'U0LEA' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    })
  })

  it('sees its own workspace alone', async () => {
    expect((await failure(web.chat.postMessage({ channel: 'C0CLIENTS', text: 'x' }))).error).toBe('channel_not_found')
    expect((await failure(web.users.info({ user: 'U0YANN' }))).error).toBe('user_not_found')
    expect((await web.users.list({})).members?.map((user) => user.id)).not.toContain('U0LEA')
  })
})

describe('bodies and arguments', () => {
  const authorization = () => `Bearer ${double.installation(team)?.token}`

  it('reads JSON as well as forms, and a token in the body', async () => {
    const posted = await raw('chat.postMessage', {
      headers: { authorization: authorization(), 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel: devops, text: 'as JSON' }),
    })
    expect(posted.message.text).toBe('as JSON')
    const body = new URLSearchParams({ token: double.installation(team)?.token ?? '', user: 'U0BOB' })
    expect((await raw('users.info', { body })).user.name).toBe('bob')
  })

  it('says what is wrong with a request', async () => {
    const headers = { authorization: authorization(), 'content-type': 'application/json' }
    expect((await raw('chat.postMessage', { headers, body: '{' })).error).toBe('invalid_json')
    expect((await raw('chat.postMessage', { headers, body: '[]' })).error).toBe('json_not_object')
    expect((await raw('no.such', { headers, body: '{}' })).error).toBe('unknown_method')
    expect((await raw('toString', { headers, body: '{}' })).error).toBe('unknown_method')
    expect(await raw('chat.postMessage', { headers, body: '{"text":"x"}' })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    })
    expect((await raw('users.list', { headers, body: '{"limit":"many"}' })).error).toBe('invalid_arguments')
  })
})

describe('chat', () => {
  it('stores text as Slack does', async () => {
    const text = 'a & b &amp; <c> <@U0BOB> <https://x.example|x> see https://y.example/?a=1&b=2.'
    const { message } = await web.chat.postMessage({ channel: devops, text })
    expect(message?.text).toBe(
      'a &amp; b &amp; &lt;c&gt; <@U0BOB> <https://x.example|x> see <https://y.example/?a=1&amp;b=2>.',
    )
  })

  it('posts in threads and counts replies', async () => {
    const root = double.say(team, 'U0BOB', '#devops', 'bonjour')
    const first = await web.chat.postMessage({ channel: devops, text: 'one', thread_ts: root.ts })
    await web.chat.postMessage({ channel: devops, text: 'two', thread_ts: first.ts as string })
    const { messages } = await web.conversations.replies({ channel: devops, ts: root.ts })
    expect(messages?.map((message) => message.text)).toEqual(['bonjour', 'one', 'two'])
    expect(messages?.[0]).toMatchObject({ reply_count: 2, reply_users: ['U0NOXSOCX'], thread_ts: root.ts })
    await web.chat.delete({ channel: devops, ts: first.ts as string })
    expect((await web.conversations.replies({ channel: devops, ts: root.ts })).messages?.[0]?.reply_count).toBe(1)
    const nowhere = web.chat.postMessage({ channel: devops, text: 'x', thread_ts: '1000000000.000001' })
    expect((await failure(nowhere)).error).toBe('thread_not_found')
    expect((await failure(web.chat.postMessage({ channel: devops, text: 'x', thread_ts: 'abc' }))).error).toBe(
      'invalid_thread_ts',
    )
  })

  it('refuses empty, long and misplaced messages', async () => {
    expect((await failure(web.chat.postMessage({ channel: devops, text: '' }))).error).toBe('no_text')
    const longest = 'é'.repeat(40_000)
    expect((await web.chat.postMessage({ channel: devops, text: longest })).ok).toBe(true)
    expect((await failure(web.chat.postMessage({ channel: devops, text: `${longest}x` }))).error).toBe('msg_too_long')
    expect((await failure(web.chat.postMessage({ channel: 'C0NO', text: 'x' }))).error).toBe('channel_not_found')
    double.uninstall(team)
    const { token } = double.grant(team, 'U0ALICE', botScopes)
    web = client(double, token)
  })

  it('updates its own messages, at most 4,000 characters', async () => {
    const { ts } = await web.chat.postMessage({ channel: devops, text: 'before' })
    const mine = { channel: devops, ts: ts as string }
    const updated = await web.chat.update({ ...mine, text: 'after' })
    expect(updated.message).toMatchObject({ text: 'after', edited: { user: 'U0NOXSOCX' } })
    expect((await failure(web.chat.update({ ...mine, text: 'x'.repeat(4001) }))).error).toBe('msg_too_long')
    const theirs = { channel: devops, ts: double.say(team, 'U0BOB', '#devops', 'mine').ts }
    expect((await failure(web.chat.update({ ...theirs, text: 'x' }))).error).toBe('cant_update_message')
    expect((await failure(web.chat.delete(theirs))).error).toBe('cant_delete_message')
    const nothing = { channel: devops, ts: '1000000000.000001' }
    expect((await failure(web.chat.update({ ...nothing, text: 'x' }))).error).toBe('message_not_found')
  })

  it('shows ephemeral messages to one person and never updates them', async () => {
    const { message_ts: ts } = await web.chat.postEphemeral({ channel: devops, user: 'U0BOB', text: 'psst' })
    expect(double.messages(devops).find((message) => message.ts === ts)?.onlyFor).toBe('U0BOB')
    const update = web.chat.update({ channel: devops, ts: ts as string, text: 'x' })
    expect((await failure(update)).error).toBe('message_not_found')
    expect((await failure(web.chat.postEphemeral({ channel: devops, user: 'U0LEA', text: 'x' }))).error).toBe(
      'user_not_in_channel',
    )
  })

  it('gives permalinks', async () => {
    const { ts } = await web.chat.postMessage({ channel: devops, text: 'x' })
    const { permalink } = await web.chat.getPermalink({ channel: devops, message_ts: ts as string })
    expect(permalink).toBe(`${double.url}/archives/${devops}/p${ts?.replace('.', '')}`)
  })

  it('wants a scope for another name', async () => {
    expect(await failure(web.chat.postMessage({ channel: devops, text: 'x', username: 'Boss' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write.customize',
    })
  })
})

describe('channels and people', () => {
  it('opens direct messages, once', async () => {
    const { channel } = await web.conversations.open({ users: 'U0BOB' })
    const again = await web.conversations.open({ users: 'U0BOB', return_im: true })
    expect(again).toMatchObject({ already_open: true, channel: { id: channel?.id, user: 'U0BOB', is_im: true } })
    expect((await web.chat.postMessage({ channel: 'U0BOB', text: 'x' })).channel).toBe(channel?.id)
    expect((await failure(web.conversations.open({ users: 'U0NO' }))).error).toBe('user_not_found')
  })

  it('pages through lists', async () => {
    const first = await web.conversations.list({ limit: 2 })
    expect(first.channels?.map((channel) => channel.name)).toEqual(['general', 'devops'])
    const cursor = first.response_metadata?.next_cursor ?? ''
    const second = await web.conversations.list({ limit: 2, cursor })
    expect(second.channels?.map((channel) => channel.name)).toEqual(['incidents', 'ext-freelance-lea'])
    expect(second.response_metadata?.next_cursor).not.toBe('')
    expect((await failure(web.conversations.list({ cursor: 'nonsense' }))).error).toBe('invalid_cursor')
    expect((await failure(web.conversations.list({ types: 'everything' }))).error).toBe('invalid_types')
    const { members } = await web.conversations.members({ channel: devops })
    expect(members).toEqual([
      'U0ALICE',
      'U0BOB',
      'U0CAROL',
      'U0EMMA',
      'U0FARID',
      'U0GABI',
      'U0HUGO',
      'U0DORA',
      'U0NOXSOCX',
    ])
  })

  it('tells of a channel, a person, the workspace, the bot, its groups', async () => {
    expect((await web.conversations.info({ channel: devops })).channel).toMatchObject({
      name: 'devops',
      is_member: true,
    })
    const { user } = await web.users.info({ user: 'U0DORA', include_locale: true })
    expect(user).toMatchObject({ name: 'dora', is_restricted: true, locale: 'fr-FR' })
    expect(user?.profile?.email).toBeUndefined()
    expect((await web.team.info()).team).toMatchObject({ id: team, domain: 'societe-x' })
    expect((await web.bots.info({ bot: 'B0NOXSOCX' })).bot).toMatchObject({ name: 'NOX', app_id: 'A0NOX' })
    const { usergroups } = await web.usergroups.list({ include_users: true })
    expect(usergroups?.[0]).toMatchObject({ handle: 'seniors', users: ['U0ALICE', 'U0CAROL', 'U0HUGO'] })
  })

  it('reacts once', async () => {
    const { ts } = double.say(team, 'U0BOB', '#devops', 'x')
    const target = { channel: devops, timestamp: ts, name: 'eyes' }
    await web.reactions.add(target)
    expect((await failure(web.reactions.add(target))).error).toBe('already_reacted')
    await web.reactions.remove(target)
    expect((await failure(web.reactions.remove(target))).error).toBe('no_reaction')
  })
})

describe('membership', () => {
  it('keeps an app out of channels that it is not in', async () => {
    const other = await startDouble({
      workspaces: [
        {
          id: 'T1',
          name: 'One',
          domain: 'one',
          kind: 'company',
          icon: '',
          botUserId: 'U1BOT',
          people: [
            {
              id: 'U1',
              name: 'ann',
              realName: 'Ann',
              title: '',
              color: '#000000',
              email: 'ann@one.example',
              isAdmin: true,
            },
          ],
          channels: [
            { id: 'C1', name: 'public', topic: '' },
            { id: 'C2', name: 'secret', topic: '', private: true },
          ],
        },
      ],
    })
    const app = client(other, other.grant('T1', 'U1', botScopes).token)
    expect((await failure(app.chat.postMessage({ channel: 'C1', text: 'x' }))).error).toBe('not_in_channel')
    expect((await failure(app.chat.postMessage({ channel: 'C2', text: 'x' }))).error).toBe('channel_not_found')
    expect((await failure(app.conversations.info({ channel: 'C2' }))).error).toBe('channel_not_found')
    await other.slash('T1', 'U1', 'C1', '/invite', '@NOX')
    expect((await app.chat.postMessage({ channel: 'C1', text: 'x' })).ok).toBe(true)
    await other.close()
  })
})

describe('files', () => {
  it('uploads in three steps', async () => {
    const { ts } = double.say(team, 'U0BOB', '#devops', 'logs?')
    const content = 'one\ntwo\nthree\n'
    await web.filesUploadV2({
      channel_id: devops,
      thread_ts: ts,
      filename: 'user-api.log',
      title: 'user-api',
      initial_comment: 'voici',
      content,
    })
    const message = double.messages(devops).at(-1)
    expect(message).toMatchObject({ text: 'voici', threadTs: ts, user: 'U0NOXSOCX' })
    const { files } = double.apiMessage(message ?? never()) as { files: { url_private: string; size: number }[] }
    expect(files[0]).toMatchObject({ name: 'user-api.log', title: 'user-api', size: content.length })
    const headers = { authorization: `Bearer ${double.installation(team)?.token}` }
    const got = await fetch(files[0]?.url_private ?? '', { headers })
    expect(await got.text()).toBe(content)
    expect((await fetch(files[0]?.url_private ?? '', { redirect: 'manual' })).status).toBe(302)
  })

  it('wants the announced size, and the content before the end', async () => {
    const { upload_url: url, file_id: id } = await web.files.getUploadURLExternal({ filename: 'a.txt', length: 4 })
    const complete = () => web.files.completeUploadExternal({ files: [{ id: id as string }], channel_id: devops })
    expect((await failure(complete())).error).toBe('file_not_found')
    expect((await fetch(url as string, { method: 'POST', body: 'too long' })).status).toBe(400)
    expect((await fetch(url as string, { method: 'POST', body: 'fits' })).status).toBe(200)
    expect((await complete()).files?.[0]?.id).toBe(id)
    expect((await failure(complete())).error).toBe('file_already_completed')
    const huge = web.files.getUploadURLExternal({ filename: 'a.txt', length: 10 ** 9 })
    expect((await failure(huge)).error).toBe('file_upload_size_restricted')
  })
})

describe('assistant', () => {
  it('takes four suggested prompts and a status of a known thread', async () => {
    const { channel } = await web.conversations.open({ users: 'U0BOB' })
    const where = { channel_id: channel?.id ?? '' }
    const prompt = { title: 'Status', message: 'status' }
    expect((await web.assistant.threads.setSuggestedPrompts({ ...where, prompts: [prompt] })).ok).toBe(true)
    const five = web.assistant.threads.setSuggestedPrompts({
      ...where,
      prompts: [prompt, prompt, prompt, prompt, prompt],
    })
    expect((await failure(five)).error).toBe('invalid_arguments')
    const { ts } = double.say(team, 'U0BOB', channel?.id ?? '', 'salut')
    expect((await web.assistant.threads.setStatus({ ...where, thread_ts: ts, status: 'works' })).ok).toBe(true)
    const set = (status: 'processing' | 'closed') => web.agents.sessions.setStatus({ ...where, thread_ts: ts, status })
    expect(await set('processing')).toMatchObject({ status: 'processing' })
    expect(
      (await failure(web.agents.sessions.setStatus({ ...where, thread_ts: ts, status: 'odd' as 'closed' }))).error,
    ).toBe('invalid_status')
  })
})

function never(): never {
  throw new Error('missing')
}
