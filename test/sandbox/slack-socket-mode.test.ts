import { App } from '@slack/bolt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { botScopes, client, failure, silent, startDouble, until } from '../helpers/bolt-on-double.ts'

const team = 'T0SOCIETEX'
const appToken = 'xapp-1-A0NOX-secret'
let double: SlackDouble
let app: App
const seen: unknown[] = []

beforeAll(async () => {
  double = await startDouble({ appToken, ackTimeoutMs: 200, timeFactor: 0.001 })
  const { token } = double.grant(team, 'U0ALICE', botScopes)
  app = new App({
    token,
    appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: double.apiUrl },
    convoStore: false,
    logger: silent,
  })
  app.event('app_mention', async ({ event }) => {
    seen.push(event.text)
  })
  app.command('/nox', async ({ ack }) => ack('at your service'))
  await app.start()
  await until(() => double.connected)
})
afterAll(async () => {
  await app.stop()
  await double.close()
})

describe('Socket Mode', () => {
  it('delivers events and commands to a Bolt app, and shows its answer', async () => {
    double.say(team, 'U0BOB', '#devops', '@NOX bonjour')
    await until(() => seen.length === 1)
    expect(seen).toEqual(['<@U0NOXSOCX> bonjour'])
    await double.slash(team, 'U0BOB', '#devops', '/nox', '')
    expect(double.messages('C0DEVOPS').at(-1)).toMatchObject({ text: 'at your service', onlyFor: 'U0BOB' })
  })

  it('asks its clients to come back, and goes on with them', async () => {
    const before = seen.length
    double.refreshSockets()
    expect(double.connected).toBe(false)
    // The official client waits five seconds before it comes back.
    await until(() => double.connected, 20_000)
    double.say(team, 'U0BOB', '#devops', '@NOX still there')
    await until(() => seen.length === before + 1)
    expect(seen.at(-1)).toBe('<@U0NOXSOCX> still there')
  })

  it('gives an address to the app-level token alone, good for one connection', async () => {
    expect(
      (await failure(client(double, double.installation(team)?.token ?? '').apps.connections.open({}))).error,
    ).toBe('not_allowed_token_type')
    const { url } = await client(double, appToken).apps.connections.open({})
    const connect = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url as string)
        socket.onmessage = ({ data }) => {
          resolve(JSON.parse(data).type)
          socket.close()
        }
        socket.onerror = () => resolve('refused')
      })
    expect(await connect()).toBe('hello')
    expect(await connect()).toBe('refused')
  })

  it('sends an envelope again that nobody acknowledged', async () => {
    await app.stop()
    await until(() => !double.connected)
    const { url } = await client(double, appToken).apps.connections.open({})
    const attempts: number[] = []
    const socket = new WebSocket(url as string)
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data)
      if (message.type !== 'events_api') return
      attempts.push(message.retry_attempt)
      if (attempts.length === 2) socket.send(JSON.stringify({ envelope_id: message.envelope_id }))
    }
    await until(() => double.connected)
    double.say(team, 'U0BOB', '#devops', '@NOX again')
    await until(() => attempts.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(attempts).toEqual([0, 1])
    socket.close()
  })
})
