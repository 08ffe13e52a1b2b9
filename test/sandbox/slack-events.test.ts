import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { type BoltApp, botScopes, startBolt, startDouble, until } from '../helpers/bolt-on-double.ts'

const team = 'T0SOCIETEX'

describe('events to a Bolt app', () => {
  let double: SlackDouble
  let bolt: BoltApp
  const seen: { event: Record<string, unknown>; body: Record<string, unknown>; teamId: string | undefined }[] = []

  beforeAll(async () => {
    double = await startDouble()
    bolt = await startBolt(double)
    await double.install(team, 'U0ALICE')
    for (const name of ['app_mention', 'message', 'app_home_opened', 'app_uninstalled', 'tokens_revoked'] as const) {
      bolt.app.event(name, async ({ event, body, context }) => {
        seen.push({ event: { ...event }, body: { ...body }, teamId: context.teamId })
      })
    }
  })
  beforeEach(() => {
    seen.length = 0
  })
  afterAll(async () => {
    await double.close()
    await bolt.close()
  })

  it('sends a mention once, encoded as clients do, with its authorization', async () => {
    const { ts } = double.say(team, 'U0BOB', '#devops', '@NOX logs de example.com & <b>')
    await until(() => seen.length === 1)
    expect(seen[0]?.event).toMatchObject({
      type: 'app_mention',
      user: 'U0BOB',
      text: '<@U0NOXSOCX> logs de <http://example.com|example.com> &amp; &lt;b&gt;',
      ts,
      channel: 'C0DEVOPS',
      event_ts: ts,
    })
    expect(seen[0]?.body).toMatchObject({
      team_id: team,
      api_app_id: 'A0NOX',
      type: 'event_callback',
      is_ext_shared_channel: false,
      authorizations: [{ team_id: team, user_id: 'U0NOXSOCX', is_bot: true, is_enterprise_install: false }],
    })
    expect(seen[0]?.teamId).toBe(team)
  })

  it('stays silent where the app gets nothing', async () => {
    double.say(team, 'U0BOB', '#devops', 'nothing for you')
    double.say(team, 'U0BOB', '#devops', 'mail to x@nox.example and `@NOX`')
    const last = double.say(team, 'U0BOB', '#devops', '@nox, hello')
    await until(() => seen.length > 0)
    expect(seen.map(({ event }) => event.ts)).toEqual([last.ts])
  })

  it('sends direct messages as message.im, mentions included, without a second event', async () => {
    const channel = double.directMessages(team, 'U0BOB')
    double.say(team, 'U0BOB', channel, '@NOX status')
    double.openHome(team, 'U0BOB', 'messages')
    await until(() => seen.length === 2)
    expect(seen.map(({ event }) => [event.type, event.channel_type ?? event.tab]).sort()).toEqual([
      ['app_home_opened', 'messages'],
      ['message', 'im'],
    ])
  })

  it('names the foreign workspace of a shared channel but authorises the installed one', async () => {
    double.say(team, 'U0BOB', '#devops', '@NOX status', { from: { teamId: 'T0FOREIGN', userId: 'U0FOREIGN' } })
    await until(() => seen.length === 1)
    expect(seen[0]?.body).toMatchObject({ team_id: 'T0FOREIGN', context_team_id: team })
    expect(seen[0]?.event).toMatchObject({ user: 'U0FOREIGN', user_team: 'T0FOREIGN', team: 'T0FOREIGN' })
    expect(seen[0]?.teamId).toBe(team)
  })

  it('signs so that Bolt refuses a wrong signature and an old timestamp', async () => {
    const event = { type: 'app_mention', user: 'U0BOB', text: '<@U0NOXSOCX> x', channel: 'C0DEVOPS', ts: '1.000001' }
    expect((await double.emit(team, event)).status).toBe(200)
    expect((await double.emit(team, event, { signature: `v0=${'0'.repeat(64)}` })).status).toBe(401)
    const timestamp = String(Math.floor(Date.now() / 1000) - 360)
    expect((await double.emit(team, event, { timestamp })).status).toBe(401)
    expect(seen).toHaveLength(1)
  })

  it('repeats and reorders on demand', async () => {
    double.faults.add({ kind: 'duplicate-events', method: 'app_mention', times: 1 })
    double.say(team, 'U0BOB', '#devops', '@NOX one')
    await until(() => seen.length === 2)
    expect(new Set(seen.map(({ body }) => body.event_id)).size).toBe(1)
    seen.length = 0
    double.faults.add({ kind: 'reorder-events', method: '*', times: 1 })
    const first = double.say(team, 'U0BOB', '#devops', '@NOX first')
    const second = double.say(team, 'U0BOB', '#devops', '@NOX second')
    await until(() => seen.length === 2)
    expect(new Set(seen.map(({ event }) => event.ts))).toEqual(new Set([first.ts, second.ts]))
    // A request is recorded once it was answered.
    const recorded = () => double.traces.map(({ about }) => about).filter((about) => /first|second/.test(about))
    await until(() => recorded().length === 2)
    expect(recorded()).toEqual(['<@U0NOXSOCX> second', '<@U0NOXSOCX> first'])
  })

  it('tells of the uninstall, then nothing more', async () => {
    double.uninstall(team)
    await until(() => seen.length === 2)
    expect(seen.map(({ event }) => event.type).sort()).toEqual(['app_uninstalled', 'tokens_revoked'])
    double.say(team, 'U0BOB', '#devops', '@NOX still there?')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(seen).toHaveLength(2)
  })
})

/** Waits that end when the test says so, by how long they would last. */
function handClock() {
  const waits = new Set<{ readonly ms: number; readonly run: () => void }>()
  return {
    waits: () => [...waits].map(({ ms }) => ms),
    later: (ms: number, run: () => void) => {
      const wait = { ms, run }
      waits.add(wait)
      return () => void waits.delete(wait)
    },
    /** Ends a wait of this length, once there is one. */
    async pass(ms: number) {
      const find = () => [...waits].find((each) => each.ms === ms)
      await until(() => find() !== undefined)
      const wait = find()
      if (wait) waits.delete(wait)
      wait?.run()
    },
  }
}

describe('retries', () => {
  const ack = 3000
  const requests: { headers: IncomingHttpHeaders; id: string }[] = []
  let answers: ({ status: number; headers?: Record<string, string> } | 'never')[] = []
  let clock: ReturnType<typeof handClock>
  let double: SlackDouble
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      requests.push({ headers: request.headers, id: JSON.parse(body).event_id })
      const answer = answers.shift() ?? { status: 200 }
      if (answer !== 'never') response.writeHead(answer.status, answer.headers).end()
    })
  })

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  beforeEach(async () => {
    requests.length = 0
    answers = []
    clock = handClock()
    double = await startDouble({
      noxUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      later: clock.later,
    })
    double.grant(team, 'U0ALICE', botScopes)
  })
  afterEach(() => double.close())
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('tries three times more: at once, after a minute, after five', async () => {
    answers = [{ status: 500 }, 'never', { status: 503 }, { status: 500 }]
    double.say(team, 'U0BOB', '#devops', '@NOX hello')
    expect(clock.waits()).toEqual([ack])
    await clock.pass(0)
    // The first request's own wait is called off, the second one's runs.
    await until(() => requests.length === 2 && clock.waits().length === 1)
    await clock.pass(ack)
    await clock.pass(60_000)
    await until(() => requests.length === 3)
    await clock.pass(300_000)
    await until(() => double.traces.length === 4)
    await until(() => clock.waits().length === 0)
    expect(requests).toHaveLength(4)
    expect(new Set(requests.map(({ id }) => id)).size).toBe(1)
    expect(requests.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
      ['3', 'http_error'],
    ])
    expect(double.traces.map(({ status }) => status)).toEqual([500, 0, 503, 500])
  })

  it('stops at the first answer of success, and where the app asks for no retry', async () => {
    answers = [{ status: 500 }]
    double.say(team, 'U0BOB', '#devops', '@NOX hello')
    await clock.pass(0)
    await until(() => double.traces.length === 2)
    answers = [{ status: 500, headers: { 'x-slack-no-retry': '1' } }]
    double.say(team, 'U0BOB', '#devops', '@NOX hello')
    await until(() => double.traces.length === 3)
    await until(() => clock.waits().length === 0)
    expect(requests).toHaveLength(3)
  })

  it('sends exactly the content type that Bolt wants', async () => {
    double.say(team, 'U0BOB', '#devops', '@NOX hello')
    await until(() => requests.length === 1)
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^Slackbot/),
    })
  })

  it('tells pages when the app goes away', async () => {
    double.setNoxUrl('http://127.0.0.1:9')
    const delivered = await double.emit(team, { type: 'app_mention' })
    expect(delivered).toMatchObject({ status: 0, reason: 'connection_failed' })
    expect(double.traces.at(-1)).toMatchObject({ direction: 'to-nox', name: 'app_mention', status: 0 })
  })
})
