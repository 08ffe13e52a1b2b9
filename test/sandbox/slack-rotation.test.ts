import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { type BoltApp, client, failure, secrets, startBolt, startDouble, until } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
let now: number
let double: SlackDouble

beforeEach(async () => {
  now = Date.now()
  double = await startDouble({ now: () => now, tokenRotation: true })
})
afterEach(() => double.close())

const oauth = () => client(double, '').oauth.v2
const credentials = { client_id: secrets.clientId, client_secret: secrets.clientSecret }
const refresh = (refresh_token: string) =>
  oauth().access({ ...credentials, grant_type: 'refresh_token', refresh_token })

describe('token rotation', () => {
  it('gives tokens that end after twelve hours, and the next one for a refresh token, once', async () => {
    const first = double.grant(team, 'U0ALICE', ['chat:write'])
    expect(first.token).toMatch(/^xoxe\.xoxb-/)
    now += 11 * 3_600_000
    expect((await client(double, first.token).auth.test()).ok).toBe(true)
    const next = await refresh(String(first.refreshToken))
    expect(next).toMatchObject({ token_type: 'bot', expires_in: 43_200, team: { id: team } })
    expect(next.access_token).not.toBe(first.token)
    expect((await failure(refresh(String(first.refreshToken)))).error).toBe('invalid_refresh_token')
    // The one before works on to its own end.
    expect((await client(double, first.token).auth.test()).ok).toBe(true)
    now += 3_600_000
    expect((await failure(client(double, first.token).auth.test())).error).toBe('token_expired')
    expect((await client(double, String(next.access_token)).auth.test()).ok).toBe(true)
    expect(JSON.stringify(double.traces)).not.toContain(next.access_token)
    expect(JSON.stringify(double.traces)).not.toContain(next.refresh_token)
  })

  it('refuses refreshes without the secret, with nonsense, and after the uninstall', async () => {
    const { refreshToken = '' } = double.grant(team, 'U0ALICE', ['chat:write'])
    const wrong = {
      ...credentials,
      client_secret: 'x',
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    } as const
    expect((await failure(oauth().access(wrong))).error).toBe('bad_client_secret')
    expect((await failure(refresh('xoxe-1-nonsense'))).error).toBe('invalid_refresh_token')
    expect((await failure(refresh(''))).error).toBe('invalid_refresh_token')
    double.uninstall(team)
    expect((await failure(refresh(refreshToken))).error).toBe('invalid_refresh_token')
  })

  it('exchanges a token once rotation is on, and not where it is off', async () => {
    const { token } = double.grant(team, 'U0ALICE', ['chat:write'])
    expect((await failure(oauth().exchange({ ...credentials, token }))).error).toBe('token_already_exchanged')
    const plain = await startDouble()
    const old = plain.grant(team, 'U0ALICE', ['chat:write'])
    const call = client(plain, '').oauth.v2
    expect((await failure(call.exchange({ ...credentials, token: old.token }))).error).toBe(
      'token_rotation_not_enabled',
    )
    const ask = { ...credentials, grant_type: 'refresh_token', refresh_token: 'x' } as const
    expect((await failure(call.access(ask))).error).toBe('token_rotation_not_enabled')
    await plain.close()
  })

  it('keeps a Bolt app at work over the end of its token', async () => {
    await double.close()
    double = await startDouble({ now: () => now, tokenRotation: true, tokenLifetime: 60 })
    const bolt: BoltApp = await startBolt(double)
    const tokens: unknown[] = []
    bolt.app.event('app_mention', async ({ event, say, context }) => {
      tokens.push(context.botToken)
      await say({ text: 'here', thread_ts: event.ts })
    })
    await double.install(team, 'U0ALICE')
    const first = double.installation(team)?.token
    now += 61_000
    const { ts } = double.say(team, 'U0BOB', '#devops', '@NOX are you there?')
    await until(() => double.messages('C0DEVOPS').some((message) => message.threadTs === ts))
    expect(tokens).toHaveLength(1)
    expect(tokens[0]).not.toBe(first)
    await bolt.close()
  })
})
