import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InstallationCache } from '../../../src/channels/slack/installations.ts'
import { createSlackMessenger, type SlackMessenger } from '../../../src/channels/slack/messenger.ts'
import { createPeople } from '../../../src/channels/slack/people.ts'
import { createPictures } from '../../../src/channels/slack/pictures.ts'
import { botScopes, optionalBotScopes } from '../../../src/channels/slack/scopes.ts'
import { createWebApi, type WebApi } from '../../../src/channels/slack/web-api/client.ts'
import type { Answer } from '../../../src/domain/answer.ts'
import type { ChartSpec } from '../../../src/domain/chart.ts'
import type { MessageFrame } from '../../../src/domain/messenger.ts'
import type { Installation } from '../../../src/domain/tenant.ts'
import { createSlackDouble, type SlackDouble } from '../../../src/sandbox/slack/index.ts'
import { phrase } from '../../../src/texts/phrase.ts'

const team = 'T0SOCIETEX'
const devops = 'C0DEVOPS'
const dora = 'U0DORA'
let double: SlackDouble
let api: WebApi
let messenger: SlackMessenger
let installations: InstallationCache
let threadTs: string

beforeEach(() => start([...botScopes, ...optionalBotScopes]))
afterEach(() => stop())

async function stop(): Promise<void> {
  await api.close()
  await double.close()
}

async function restart(scopes: readonly string[]): Promise<void> {
  await stop()
  await start(scopes)
}

async function start(scopes: readonly string[]): Promise<void> {
  double = createSlackDouble({ signingSecret: 's', clientId: 'c', clientSecret: 'cs', rateLimits: false })
  await double.listen()
  api = createWebApi({ apiUrl: double.apiUrl, timeoutMs: 1_000 })
  const granted = double.grant(team, 'U0ALICE', scopes)
  const installation: Installation = {
    tenantId: 'tenant',
    workspaceId: team,
    isOrgWide: false,
    appId: 'A0NOX',
    botToken: granted.token,
    botUserId: granted.botUserId,
    botId: granted.botId,
    scopes,
    installerUserId: 'U0ALICE',
    installedAt: 0,
  }
  installations = {
    find: async () => installation,
    listOf: async () => [installation],
    ofTenant: async () => installation,
    reach: async (_tenant, id) => ({ installation, id }),
    drop: () => {},
  }
  messenger = startMessenger()
  threadTs = double.say(team, 'U0BOB', devops, 'bonjour').ts
}

/** As each process has its own. */
const startMessenger = () =>
  createSlackMessenger({
    lookOf: async () => null,
    api,
    installations,
    pictures: createPictures(api, pino({ level: 'silent' })),
    timeZoneOf: async () => 'Europe/Paris',
    log: pino({ level: 'silent' }),
    updateInterval: 120,
    patience: 4_000,
  })

const begunAt = Date.now()
const frame = (): MessageFrame => ({
  tenantId: 'tenant',
  place: { channel: 'slack', conversationId: devops, threadTs, kind: 'channel' },
  language: 'fr',
  action: { id: '01J', number: 7, userId: 'U0BOB', person: 'Bob', at: begunAt, begunAt },
})
const answer = (n: number): Answer => ({ kind: 'outcome', title: phrase('cancel.done', { n }) })
const own = () => double.messages(devops).filter(({ user }) => user === 'U0NOXSOCX')
const replies = () => own().filter((message) => message.threadTs === threadTs && message.text !== '')
const calls = (method: string) => double.traces.filter(({ name }) => name === method)

describe('a post', () => {
  it('goes to the thread, once a key', async () => {
    const [first, second] = await Promise.all([
      messenger.post(frame(), answer(1), 'key'),
      messenger.post(frame(), answer(1), 'key'),
    ])
    expect(first).toBe(second)
    expect(replies()).toHaveLength(1)
    expect(replies()[0]).toMatchObject({ ts: first, text: 'Annulation de #1\u00a0demandée.' })
  })

  it.each([
    ['reset', true],
    ['reset', false],
    ['server-error', true],
    ['server-error', false],
  ] as const)('is there once after a %s, carried out before: %s', async (kind, after) => {
    double.faults.add({ kind, method: 'chat.postMessage', times: 1, after })
    const ts = await messenger.post(frame(), answer(1), 'key')
    expect(replies().map((message) => message.ts)).toEqual([ts])
  })

  it('waits as long as Slack asks', async () => {
    double.faults.add({ kind: 'rate-limit', method: 'chat.postMessage', times: 1 })
    const started = performance.now()
    await messenger.post(frame(), answer(1), 'key')
    expect(performance.now() - started).toBeGreaterThan(950)
    expect(replies()).toHaveLength(1)
  })

  it('is heard even where NOX may not look into the thread', async () => {
    await restart(botScopes)
    double.faults.add({ kind: 'reset', method: 'chat.postMessage', times: 1 })
    await messenger.post(frame(), answer(1), 'key')
    expect(replies()).toHaveLength(1)
  })

  it('of no order tells why it cannot be', async () => {
    const { action: _, ...plain } = frame()
    const place = { ...plain.place, conversationId: 'C0NOWHERE' }
    await expect(messenger.post({ ...plain, place }, answer(1), 'key')).rejects.toMatchObject({
      code: 'channel_not_found',
      outcome: 'refused',
    })
  })
})

describe('a live message', () => {
  it('shows the newest states, each at its time, and always the last', async () => {
    const posted: string[] = []
    const live = messenger.live(frame(), null, 'key', async (ts) => void posted.push(ts))
    for (let n = 1; n <= 40; n += 1) {
      live.show(answer(n))
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await live.finish(answer(41))
    expect(posted).toEqual([replies()[0]?.ts])
    expect(replies()).toHaveLength(1)
    expect(replies()[0]?.text).toContain('#41')
    expect(calls('chat.update').length).toBeGreaterThan(1)
    expect(calls('chat.update').length).toBeLessThan(8)
    live.show(answer(42))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(replies()[0]?.text).toContain('#41')
  })

  it('goes on with the message of before a restart', async () => {
    const ts = await messenger.post(frame(), answer(1), 'key')
    await messenger.live(frame(), ts, 'key', async () => {}).finish(answer(2))
    expect(replies()).toMatchObject([{ ts, text: 'Annulation de #2\u00a0demandée.' }])
  })

  it('says nothing before what it tells of is durable, and nothing at all where that failed', async () => {
    const durable = Promise.withResolvers<void>()
    const live = messenger.live(frame(), null, 'key', async () => {}, durable.promise)
    live.show(answer(1))
    const finished = live.finish(answer(2))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(replies()).toEqual([])
    durable.resolve()
    expect(await finished).toBe(replies()[0]?.ts)
    const failed = messenger.live(frame(), null, 'other', async () => {}, Promise.reject(new Error('disk full')))
    failed.show(answer(3))
    expect(await failed.finish(answer(4))).toBeNull()
    expect(replies()).toHaveLength(1)
  })

  it('says of a state that Slack held back why it comes late, and of the last one nothing', async () => {
    const ts = await messenger.post(frame(), answer(1), 'key')
    double.faults.add({ kind: 'rate-limit', method: 'chat.update', times: 2 })
    const live = messenger.live(frame(), ts, 'key', async () => {})
    live.show(answer(2))
    const said = () => JSON.stringify(replies()[0])
    await expect.poll(said, { timeout: 10_000 }).toContain('Slack ralentit les messages')
    expect(said()).toContain('#2')
    live.show(answer(3))
    await expect.poll(said, { timeout: 10_000 }).toContain('#3')
    expect(said()).not.toContain('Slack ralentit')
    double.faults.add({ kind: 'rate-limit', method: 'chat.update', times: 2 })
    await live.finish(answer(4))
    expect(said()).toContain('#4')
    expect(said()).not.toContain('Slack ralentit')
  }, 20_000)

  it.each(['rate-limit', 'server-error', 'reset'] as const)('sends the last state through a %s', async (kind) => {
    const ts = await messenger.post(frame(), answer(1), 'key')
    double.faults.add({ kind, method: 'chat.update', times: 2 })
    const live = messenger.live(frame(), ts, 'key', async () => {})
    live.show(answer(2))
    await live.finish(answer(3))
    expect(replies()[0]?.text).toContain('#3')
  })

  it('posts once although the connection broke after the first post', async () => {
    double.faults.add({ kind: 'reset', method: 'chat.postMessage', times: 1, after: true })
    const live = messenger.live(frame(), null, 'key', async () => {})
    live.show(answer(1))
    await live.finish(answer(2))
    expect(replies()).toHaveLength(1)
    expect(replies()[0]?.text).toContain('#2')
  })

  it('ends quietly where the channel is gone', async () => {
    const place = { ...frame().place, conversationId: 'C0NOWHERE' }
    await messenger.live({ ...frame(), place }, null, 'key', async () => {}).finish(answer(1))
    expect(replies()).toHaveLength(0)
  })

  it('posts anew where somebody deleted it', async () => {
    const live = messenger.live(frame(), '1.000001', 'key', async () => {})
    await live.finish(answer(5))
    expect(replies()).toMatchObject([{ text: 'Annulation de #5\u00a0demandée.' }])
  })
})

describe('what is told apart, since its channel was closed', () => {
  const apart = () => double.messages(double.directMessages(team, 'U0BOB')).filter(({ user }) => user === 'U0NOXSOCX')
  const ways = {
    post: (by: SlackMessenger, of: MessageFrame, n = 1) => by.post(of, answer(n), '01J'),
    live: (by: SlackMessenger, of: MessageFrame, n = 1) => by.live(of, null, '01J', async () => {}).finish(answer(n)),
    update: (by: SlackMessenger, of: MessageFrame, n = 1) => by.update(of, threadTs, answer(n), '01J'),
  }

  it.each(Object.entries(ways))('is told once, also by a process that goes on after another: %s', async (_, tell) => {
    double.closeChannel(team, '#devops', 'archived')
    await tell(messenger, frame())
    await tell(startMessenger(), frame())
    expect(apart()).toHaveLength(1)
  })

  it('is told anew where the order began again at a word, and where it came to something else', async () => {
    double.closeChannel(team, '#devops', 'archived')
    const { action, ...plain } = frame()
    if (!action) throw new Error('no order')
    await ways.live(messenger, { ...plain, action })
    await ways.live(startMessenger(), { ...plain, action: { ...action, begunAt: begunAt + 1 } })
    const ended: Answer = { kind: 'outcome', title: phrase('cancel.nothing') }
    await startMessenger()
      .live(frame(), null, '01J', async () => {})
      .finish(ended)
    expect(apart()).toHaveLength(3)
  })
})

describe('a long output', () => {
  const lines = Array.from({ length: 90 }, (_, n) => `line ${n}`).join('\n')
  const long: Answer = { ...answer(1), file: { name: 'user-api.log', content: lines, lines: 90 } }

  it('becomes a file in the thread', async () => {
    await messenger.live(frame(), null, 'key', async () => {}).finish(long)
    const [shared] = own().flatMap((message) => double.apiMessage(message).files ?? [])
    expect(shared).toMatchObject({ name: 'user-api.log', size: lines.length })
  })

  it('becomes pages where NOX may not upload', async () => {
    await restart(botScopes.filter((scope) => scope !== 'files:write'))
    await messenger.live(frame(), null, 'key', async () => {}).finish(long)
    expect(replies().map(({ text }) => text)).toEqual([
      'Annulation de #1\u00a0demandée.',
      'Lignes 1\u00a0à 40\u00a0sur 90',
      'Lignes 41\u00a0à 80\u00a0sur 90',
      'Lignes 81\u00a0à 90\u00a0sur 90',
    ])
  })
})

describe('other ways to speak', () => {
  it('whispers to one person, and writes to one', async () => {
    await messenger.whisper(frame(), dora, answer(1)).catch(() => {})
    await messenger.whisper(frame(), 'U0BOB', answer(2))
    expect(own().filter(({ onlyFor }) => onlyFor === 'U0BOB')).toHaveLength(1)
    const { conversationId, ts } = await messenger.direct('tenant', dora, 'fr', answer(3))
    expect(double.messages(conversationId)).toMatchObject([{ ts, text: 'Annulation de #3\u00a0demandée.' }])
  })

  it('knows names, and falls back to the id', async () => {
    const people = createPeople(api, installations)
    expect(await people.nameOf('tenant', 'U0BOB')).toMatch(/bob/i)
    expect(await people.nameOf('tenant', 'U0NOBODY')).toBe('U0NOBODY')
  })
})

describe('an answer with charts', () => {
  const chart: ChartSpec = {
    kind: 'bar',
    title: phrase('analytics.deployments'),
    unit: 'count',
    axis: { kind: 'days', days: ['2026-11-23', '2026-11-24'] },
    series: [{ name: phrase('analytics.deployments'), values: [3, 5] }],
  }
  const charted = (): Answer => ({ ...answer(1), charts: [chart] })
  const words = 'Déploiements. Déploiements\u202f: 23 nov. 3, 24 nov. 5.'
  const picture = () => replies()[0]?.blocks.find(({ type }) => type === 'image') as Record<string, unknown> | undefined

  it('shows a picture that Slack holds, once it has looked at it, with its figures in words', async () => {
    await messenger.post(frame(), charted(), 'key')
    const { slack_file: file, alt_text: text } = picture() as { slack_file: { id: string }; alt_text: string }
    expect(text).toBe(words)
    expect(file.id).toMatch(/^F\w+$/)
    expect(calls('chat.postMessage').length).toBeGreaterThan(1)
    expect(replies()).toHaveLength(1)
  })

  it('uploads a picture once for each content', async () => {
    await messenger.post(frame(), charted(), 'one')
    await messenger.post(frame(), charted(), 'two')
    expect(calls('files.completeUploadExternal')).toHaveLength(1)
    await messenger.post({ ...frame(), language: 'en' }, charted(), 'three')
    expect(calls('files.completeUploadExternal')).toHaveLength(2)
  })

  it('says the figures where NOX may not upload', async () => {
    await restart(botScopes.filter((scope) => scope !== 'files:write'))
    await messenger.post(frame(), charted(), 'key')
    expect(picture()).toBeUndefined()
    expect(JSON.stringify(replies()[0]?.blocks)).toContain('23 nov. 3, 24 nov. 5')
  })

  it('uploads again where an upload failed', async () => {
    double.faults.add({ kind: 'server-error', method: 'file upload', times: 1 })
    await messenger.post(frame(), charted(), 'one')
    expect(picture()).toBeUndefined()
    await messenger.post(frame(), charted(), 'two')
    expect(JSON.stringify(replies()[1]?.blocks)).toContain('slack_file')
  })

  it('ends a live message with its picture', async () => {
    const live = messenger.live(frame(), null, 'key', async () => {})
    live.show({ kind: 'progress', title: phrase('cancel.done', { n: 1 }) })
    await live.finish(charted())
    expect(picture()).toMatchObject({ alt_text: words })
  })
})

describe('what people wrote in a thread', () => {
  const said = (from = 0) => messenger.said('tenant', frame().place, { from, to: Date.now() + 1_000 })

  it('is theirs in order, with names, without apps and what was said to NOX, to the last page', async () => {
    double.say(team, 'U0CAROL', devops, 'la base est pleine, <@U0BOB> regarde', { threadTs })
    double.say(team, 'U0CAROL', devops, '@NOX status', { threadTs })
    await messenger.post(frame(), answer(1), 'key')
    for (let n = 0; n < 210; n += 1) double.say(team, 'U0BOB', devops, `ligne ${n}`, { threadTs })
    const told = await said()
    if (!told.isRead) throw new Error(told.why)
    expect(told.said.map(({ text }) => text).slice(0, 3)).toEqual([
      'bonjour',
      'la base est pleine, @U0BOB regarde',
      'ligne 0',
    ])
    expect(told.said.at(-1)).toMatchObject({ by: 'U0BOB', text: 'ligne 209' })
    expect(told.said).toHaveLength(212)
  })

  it('is none of before its time', async () => {
    expect(await said(Date.now() + 500)).toEqual({ isRead: true, said: [] })
  })

  it('is told as forbidden without the scope, and as failed where Slack does not give it', async () => {
    double.faults.add({ kind: 'rate-limit', method: 'conversations.replies', times: 99 })
    expect(await said()).toEqual({ isRead: false, why: 'failed' })
    await restart(botScopes)
    expect(await said()).toEqual({ isRead: false, why: 'forbidden', consentUrl: null })
  })
})
