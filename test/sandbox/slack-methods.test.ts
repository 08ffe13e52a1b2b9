import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { botScopes, client, failure, startDouble, until } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
const devops = 'C0DEVOPS'
const every = [
  ...botScopes,
  'bookmarks:read',
  'bookmarks:write',
  'channels:join',
  'channels:manage',
  'chat:write.customize',
  'chat:write.public',
  'emoji:read',
  'files:read',
  'groups:write',
  'links:write',
  'pins:read',
  'pins:write',
  'reactions:read',
  'users.profile:read',
  'users:read.email',
]
let now = Date.parse('2026-11-23T10:00:00Z')
let waits: { ms: number; run: () => void }[] = []
let double: SlackDouble
let web: WebClient

const start = async (scopes: readonly string[] = every) => {
  waits = []
  double = await startDouble({
    now: () => now,
    later: (ms, run) => {
      const wait = { ms, run }
      waits.push(wait)
      return () => {
        waits = waits.filter((each) => each !== wait)
      }
    },
  })
  web = client(double, double.grant(team, 'U0ALICE', scopes).token)
}
beforeEach(() => start())
afterEach(() => double.close())

const code = async (call: Promise<unknown>) => (await failure(call)).error
/** The double again, with these scopes alone. */
async function withScopes(...scopes: string[]): Promise<void> {
  await double.close()
  await start(scopes)
}

describe('scopes', () => {
  it('wants the scope of the kind of conversation', async () => {
    await withScopes('channels:read', 'channels:history', 'im:write', 'chat:write')
    expect((await web.conversations.info({ channel: devops })).ok).toBe(true)
    const { channel } = await web.conversations.open({ users: 'U0BOB' })
    const direct = String(channel?.id)
    expect(await failure(web.conversations.info({ channel: direct }))).toMatchObject({
      error: 'missing_scope',
      needed: 'im:read',
      provided: 'channels:read,channels:history,im:write,chat:write',
    })
    expect(await failure(web.conversations.history({ channel: direct }))).toMatchObject({ needed: 'im:history' })
    expect(await failure(web.conversations.list({ types: 'public_channel,private_channel' }))).toMatchObject({
      needed: 'groups:read',
    })
    expect(await failure(web.users.conversations({ types: 'im' }))).toMatchObject({ needed: 'im:read' })
    expect(await code(web.conversations.list({ types: 'toString' }))).toBe('invalid_types')
  })

  it('lets nobody dress up, or write into a channel from outside, without the scope', async () => {
    await withScopes('chat:write', 'channels:read')
    const named = web.chat.postMessage({ channel: devops, text: 'x', username: 'Not NOX' })
    expect(await failure(named)).toMatchObject({ error: 'missing_scope', needed: 'chat:write.customize' })
    const elsewhere = double.messages('C0RANDOM')
    expect(elsewhere).toEqual([])
    expect(await code(web.chat.postMessage({ channel: 'C0RANDOM', text: 'x' }))).toBe('not_in_channel')
    await double.close()
    await start()
    const { message } = await web.chat.postMessage({ channel: 'C0RANDOM', text: 'x', username: 'Robot' })
    expect(message).toMatchObject({ username: 'Robot', subtype: 'bot_message' })
    const { message_ts: ts } = await web.chat.postEphemeral({ channel: devops, user: 'U0BOB', text: 'x' })
    expect(ts).toMatch(/^\d+\.\d{6}$/)
    expect(await code(web.chat.postEphemeral({ channel: 'C0RANDOM', user: 'U0BOB', text: 'x' }))).toBe('not_in_channel')
  })

  it.each([
    ['pins:write', (each: WebClient) => each.pins.add({ channel: devops, timestamp: '1.000001' })],
    ['bookmarks:read', (each: WebClient) => each.bookmarks.list({ channel_id: devops })],
    ['files:read', (each: WebClient) => each.files.info({ file: 'F1' })],
    ['users:read.email', (each: WebClient) => each.users.lookupByEmail({ email: 'bob@societe-x.example' })],
    ['users.profile:read', (each: WebClient) => each.users.profile.get({ user: 'U0BOB' })],
    ['channels:join', (each: WebClient) => each.conversations.join({ channel: devops })],
    ['emoji:read', (each: WebClient) => each.emoji.list({})],
    ['links:write', (each: WebClient) => each.chat.unfurl({ channel: devops, ts: '1.000001', unfurls: {} })],
    ['reactions:read', (each: WebClient) => each.reactions.get({ channel: devops, timestamp: '1.000001' })],
  ])('asks for %s', async (scope, call) => {
    await withScopes('chat:write')
    expect(await failure(call(web))).toMatchObject({ error: 'missing_scope', needed: scope, provided: 'chat:write' })
  })
})

describe('history', () => {
  it('gives what is not in threads, newest first, between two times', async () => {
    const posted: string[] = []
    for (const text of ['one', 'two', 'three'])
      posted.push((await web.chat.postMessage({ channel: devops, text })).ts ?? '')
    await web.chat.postMessage({ channel: devops, text: 'in a thread', thread_ts: posted[0] as string })
    await web.chat.postEphemeral({ channel: devops, user: 'U0BOB', text: 'psst' })
    const texts = async (window: object) =>
      (await web.conversations.history({ channel: devops, ...window })).messages?.map(({ text }) => text)
    expect(await texts({})).toEqual(['three', 'two', 'one'])
    expect(await texts({ oldest: posted[0] })).toEqual(['three', 'two'])
    expect(await texts({ oldest: posted[0], latest: posted[1], inclusive: true })).toEqual(['two', 'one'])
    expect(await code(web.conversations.history({ channel: devops, oldest: 'yesterday' }))).toBe('invalid_ts_oldest')
    const first = await web.conversations.history({ channel: devops, limit: 2 })
    expect(first).toMatchObject({ has_more: true })
    expect(await texts({ cursor: first.response_metadata?.next_cursor })).toEqual(['one'])
  })

  it('is closed to who is not in the channel', async () => {
    expect(await code(web.conversations.history({ channel: 'C0RANDOM' }))).toBe('not_in_channel')
    await web.conversations.join({ channel: 'C0RANDOM' })
    expect((await web.conversations.history({ channel: 'C0RANDOM' })).messages).toEqual([])
    expect(await web.conversations.join({ channel: 'C0RANDOM' })).toMatchObject({ warning: 'already_in_channel' })
  })
})

describe('channels', () => {
  it('are made, named, described, filled and archived', async () => {
    const { channel } = await web.conversations.create({ name: 'incident-42' })
    const id = String(channel?.id)
    expect(await code(web.conversations.create({ name: 'incident-42' }))).toBe('name_taken')
    expect(await code(web.conversations.create({ name: 'Incident 42' }))).toBe('invalid_name_specials')
    expect(await code(web.conversations.create({ name: 'x'.repeat(81) }))).toBe('invalid_name_maxlength')
    await web.conversations.invite({ channel: id, users: 'U0BOB,U0CAROL' })
    expect((await web.conversations.members({ channel: id })).members).toEqual(['U0NOXSOCX', 'U0BOB', 'U0CAROL'])
    expect(await code(web.conversations.invite({ channel: id, users: 'U0BOB' }))).toBe('already_in_channel')
    expect(await code(web.conversations.invite({ channel: id, users: 'U0NOXSOCX' }))).toBe('cant_invite_self')
    expect(await code(web.conversations.invite({ channel: id, users: 'U0NOBODY' }))).toBe('user_not_found')
    await web.conversations.invite({ channel: id, users: 'U0BOB,U0ALICE', force: true })
    expect((await web.conversations.setTopic({ channel: id, topic: 'billing is down' })).channel).toMatchObject({
      topic: { value: 'billing is down' },
    })
    expect(await code(web.conversations.setTopic({ channel: id, topic: 'x'.repeat(251) }))).toBe('too_long')
    await web.conversations.rename({ channel: id, name: 'incident-42-done' })
    await web.conversations.archive({ channel: id })
    expect(await code(web.chat.postMessage({ channel: id, text: 'x' }))).toBe('is_archived')
    expect(await code(web.conversations.archive({ channel: id }))).toBe('already_archived')
    const names = (await web.conversations.list({ exclude_archived: true })).channels?.map((each) => each.name)
    expect(names).not.toContain('incident-42-done')
    expect(await code(web.conversations.archive({ channel: 'C0GENERAL' }))).toBe('cant_archive_general')
  })
})

describe('scheduled messages', () => {
  const at = (seconds: number) => Math.floor(now / 1000) + seconds

  it('come at their time, unless they were called off', async () => {
    const { scheduled_message_id: id } = await web.chat.scheduleMessage({
      channel: devops,
      text: 'later',
      post_at: at(60),
    })
    const second = await web.chat.scheduleMessage({ channel: devops, text: 'never', post_at: at(120) })
    const { scheduled_messages: list } = await web.chat.scheduledMessages.list({})
    expect(list?.map((each) => [each.id, each.post_at])).toEqual([
      [id, at(60)],
      [second.scheduled_message_id, at(120)],
    ])
    const called = { channel: devops, scheduled_message_id: String(second.scheduled_message_id) }
    await web.chat.deleteScheduledMessage(called)
    expect(await code(web.chat.deleteScheduledMessage(called))).toBe('invalid_scheduled_message_id')
    expect(waits.map(({ ms }) => ms)).toEqual([60_000])
    waits[0]?.run()
    expect(double.messages(devops).map(({ text }) => text)).toEqual(['later'])
    expect((await web.chat.scheduledMessages.list({})).scheduled_messages).toEqual([])
  })

  it('have their limits', async () => {
    const schedule = (seconds: number) => web.chat.scheduleMessage({ channel: devops, text: 'x', post_at: at(seconds) })
    expect(await code(schedule(0))).toBe('time_in_past')
    expect(await code(schedule(121 * 86_400))).toBe('time_too_far')
    for (let count = 0; count < 30; count += 1) await schedule(100 + count)
    expect(await code(schedule(200))).toBe('restricted_too_many')
    expect((await schedule(1000)).ok).toBe(true)
  })
})

describe('streams', () => {
  const recipient = { recipient_team_id: team, recipient_user_id: 'U0BOB' }
  const thread = () => double.say(team, 'U0BOB', '#devops', 'deploy').ts

  it('grow by text and tasks, and end', async () => {
    const { ts } = await web.chat.startStream({
      channel: devops,
      thread_ts: thread(),
      ...recipient,
      task_display_mode: 'plan',
    })
    const mine = { channel: devops, ts: String(ts) }
    const task = { type: 'task_update', id: 'pull', title: 'Pull the image' } as const
    await web.chat.appendStream({
      ...mine,
      chunks: [
        { type: 'plan_update', title: 'Deploying' },
        { ...task, status: 'in_progress', details: 'v2.4.0' },
      ],
    })
    await web.chat.appendStream({ ...mine, markdown_text: 'Almost ' })
    await web.chat.appendStream({
      ...mine,
      chunks: [
        { ...task, status: 'complete' },
        { type: 'markdown_text', text: 'done' },
      ],
    })
    expect(await code(web.chat.update({ ...mine, text: 'x' }))).toBe('streaming_state_conflict')
    const { message } = await web.chat.stopStream({ ...mine, blocks: [{ type: 'divider' }] })
    expect(message).toMatchObject({
      text: 'Almost done',
      blocks: [
        { type: 'plan', title: 'Deploying', tasks: [{ type: 'task_card', task_id: 'pull', status: 'complete' }] },
        { type: 'markdown', text: 'Almost done' },
        { type: 'divider' },
      ],
    })
    expect(await code(web.chat.appendStream({ ...mine, markdown_text: 'x' }))).toBe('message_not_in_streaming_state')
  })

  it('need a recipient in channels, a thread, and text that fits', async () => {
    const thread_ts = thread()
    expect(await code(web.chat.startStream({ channel: devops, thread_ts }))).toBe('missing_recipient_team_id')
    const nobody = { recipient_team_id: team } as never
    expect(await code(web.chat.startStream({ channel: devops, thread_ts, ...(nobody as object) }))).toBe(
      'missing_recipient_user_id',
    )
    const { ts } = await web.chat.startStream({ channel: devops, thread_ts, ...recipient })
    const mine = { channel: devops, ts: String(ts) }
    expect(await code(web.chat.appendStream({ ...mine, markdown_text: 'x'.repeat(12_001) }))).toBe('msg_too_long')
    const wrong = { type: 'task_update', id: 't', title: 'T', status: 'nearly' } as never
    expect(await failure(web.chat.appendStream({ ...mine, chunks: [wrong] }))).toMatchObject({
      error: 'invalid_chunks',
    })
    const theirs = { channel: devops, ts: thread_ts, markdown_text: 'x' }
    expect(await code(web.chat.appendStream(theirs))).toBe('message_not_owned_by_app')
  })

  it('die when nothing came for five minutes', async () => {
    const { ts } = await web.chat.startStream({ channel: devops, thread_ts: thread(), ...recipient })
    now += 5 * 60_000 + 1
    const late = web.chat.appendStream({ channel: devops, ts: String(ts), markdown_text: 'x' })
    expect(await code(late)).toBe('message_not_in_streaming_state')
  })
})

describe('pins, bookmarks, files, people', () => {
  it('pins once', async () => {
    const { ts } = await web.chat.postMessage({ channel: devops, text: 'the runbook' })
    const pin = { channel: devops, timestamp: String(ts) }
    await web.pins.add(pin)
    expect(await code(web.pins.add(pin))).toBe('already_pinned')
    expect((await web.pins.list({ channel: devops })).items?.[0]).toMatchObject({ message: { text: 'the runbook' } })
    await web.pins.remove(pin)
    expect(await code(web.pins.remove(pin))).toBe('no_pin')
    expect(await code(web.pins.add({ channel: devops, timestamp: '1.000001' }))).toBe('message_not_found')
  })

  it('keeps bookmarks', async () => {
    const link = { channel_id: devops, type: 'link', title: 'Runbook', link: 'https://wiki.example/run' } as const
    const { bookmark } = await web.bookmarks.add(link)
    expect(await code(web.bookmarks.add({ ...link, link: 'javascript:alert(1)' }))).toBe('invalid_link')
    const known = { channel_id: devops, bookmark_id: String(bookmark?.id) }
    await web.bookmarks.edit({ ...known, title: 'The runbook' })
    expect((await web.bookmarks.list({ channel_id: devops })).bookmarks).toMatchObject([{ title: 'The runbook' }])
    await web.bookmarks.remove(known)
    expect(await code(web.bookmarks.remove(known))).toBe('not_found')
  })

  it('shows in a block only a picture of its own, once it has looked at it', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
    const upload = async (content: Buffer) => {
      const reply = await web.files.getUploadURLExternal({ filename: 'a.png', length: content.length })
      await fetch(String(reply.upload_url), { method: 'POST', body: new Uint8Array(content) })
      return String(reply.file_id)
    }
    const show = (id: string) => {
      const blocks = [{ type: 'image' as const, slack_file: { id }, alt_text: 'a' }]
      return web.chat.postMessage({ channel: devops, text: 'a', blocks })
    }
    const id = await upload(png)
    expect(await code(show(id))).toBe('invalid_blocks')
    await web.files.completeUploadExternal({ files: [{ id }] })
    expect(await code(show(id))).toBe('invalid_blocks')
    now += 1_000
    expect((await show(id)).ok).toBe(true)
    const text = await upload(Buffer.from('hello'))
    await web.files.completeUploadExternal({ files: [{ id: text }] })
    now += 1_000
    expect(await code(show(text))).toBe('invalid_blocks')
    expect(await code(show('F0NONE'))).toBe('invalid_blocks')
    await web.files.delete({ file: id })
    expect(await code(show(id))).toBe('invalid_blocks')
  })

  it('shows and deletes files', async () => {
    const { files } = await web.filesUploadV2({ channel_id: devops, filename: 'a.log', content: 'hello' })
    const id = String((files as { files?: { id?: string }[] }[])[0]?.files?.[0]?.id)
    expect((await web.files.info({ file: id })).file).toMatchObject({ name: 'a.log', size: 5 })
    await web.files.delete({ file: id })
    expect(await code(web.files.info({ file: id }))).toBe('file_not_found')
  })

  it('finds people by address, of its own workspace alone', async () => {
    expect((await web.users.lookupByEmail({ email: 'BOB@societe-x.example' })).user?.id).toBe('U0BOB')
    expect(await code(web.users.lookupByEmail({ email: 'lea@freelance.example' }))).toBe('users_not_found')
    expect((await web.users.profile.get({ user: 'U0BOB' })).profile).toMatchObject({ real_name: 'Bob Dupont' })
    expect((await web.usergroups.users.list({ usergroup: 'S0SENIORS' })).users).toContain('U0CAROL')
    expect(await code(web.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam')
    const mine = (await web.users.conversations({ user: 'U0BOB' })).channels?.map(({ name }) => name)
    expect(mine).toContain('devops')
  })
})

describe('unfurls', () => {
  it('tells the app of its own links, and shows what it makes of them', async () => {
    await double.close()
    double = await startDouble({
      unfurlDomains: ['nox.example'],
      events: ['link_shared'],
      noxUrl: 'http://127.0.0.1:9',
    })
    web = client(double, double.grant(team, 'U0ALICE', [...every, 'links:read']).token)
    const { ts } = double.say(team, 'U0BOB', '#devops', 'see https://app.nox.example/d/1 and https://x.example/')
    const url = 'https://app.nox.example/d/1'
    await until(() => double.traces.some(({ name }) => name === 'link_shared'))
    const told = double.traces.find(({ name }) => name === 'link_shared')?.request as { event: { unfurl_id: string } }
    const { event } = told
    expect(event).toMatchObject({ message_ts: ts, links: [{ domain: 'nox.example', url }], user: 'U0BOB' })
    const attach = (unfurls: Record<string, object>) =>
      web.chat.unfurl({ channel: devops, ts, unfurls: unfurls as never })
    expect(await code(attach({ 'https://other.example/': {} }))).toBe('cannot_unfurl_url')
    expect(await code(attach({}))).toBe('missing_unfurls')
    await attach({ [url]: { title: 'Deployment 1', text: 'done' } })
    expect(double.messages(devops).at(-1)?.attachments).toMatchObject([{ title: 'Deployment 1', from_url: url }])
    const { unfurl_id } = event
    await web.chat.unfurl({
      source: 'conversations_history',
      unfurl_id,
      unfurls: { [url]: { title: 'Again' } } as never,
    })
    expect(double.messages(devops).at(-1)?.attachments).toMatchObject([{ title: 'Again', from_url: url }])
  })
})
