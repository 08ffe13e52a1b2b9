import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxLogLine, SandboxTrace } from '../../src/sandbox/client-api.ts'
import { people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

describe('what the inspector knows', () => {
  let sandbox: TestSandbox
  let mention: SandboxTrace
  let other: SandboxTrace
  const find = (fits: (trace: SandboxTrace) => boolean) => sandbox.slack.traces.find(fits)
  const order = async (user: string, text: string) => {
    const { ts } = sandbox.say(user, text)
    await sandbox.answer(ts, /./)
    const found = () => find((trace) => trace.name === 'app_mention' && trace.about.includes(text.slice(5)))
    await until(() => found() !== undefined)
    return found() as SandboxTrace
  }
  const until = async (holds: () => boolean) => {
    const end = Date.now() + 5_000
    while (!holds()) {
      if (Date.now() > end) throw new Error('not true in time')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  beforeAll(async () => {
    sandbox = await startTestSandbox()
    mention = await order(people.bob, '@NOX status cluster kubernetes')
    other = await order(people.carol, '@NOX whoami')
    await until(() => sandbox.slack.logOf(mention).length >= 2 && sandbox.slack.logOf(other).length >= 2)
  })
  afterAll(() => sandbox?.stop())

  it('tells each request of NOX from what made NOX send it', () => {
    const caused = (by: SandboxTrace) => sandbox.slack.traces.filter(({ cause }) => cause === by.id)
    expect(caused(mention).map(({ name }) => name)).toContain('chat.postMessage')
    expect(caused(other).map(({ name }) => name)).toContain('chat.postMessage')
    expect(caused(other).some(({ peer }) => peer === 'kubernetes')).toBe(false)
  })

  it('shows what NOX asked of the clusters, and their answers', () => {
    const asked = sandbox.slack.traces.filter(({ peer }) => peer === 'kubernetes')
    expect(asked.map(({ about }) => about)).toContain('prod-1')
    const list = asked.find(({ name }) => /GET \S*\/nodes/.test(name))
    expect(list).toMatchObject({ direction: 'from-nox', status: 200, response: { kind: 'NodeList' } })
  })

  it('shows what NOX asked of the tools', async () => {
    const { ts } = sandbox.say(people.bob, '@NOX déploie user-api branche feature/auth en staging')
    await sandbox.answer(ts, /Déployé/)
    const asked = sandbox.slack.traces.filter(({ peer }) => peer === 'vendor')
    expect(asked.map(({ about }) => about)).toContain('GitHub')
    expect(asked[0]).toMatchObject({ direction: 'from-nox', name: expect.stringMatching(/^(GET|POST) \//) })
  })

  it('shows the lines that NOX logged for a request, and for no other', async () => {
    const address = new URL('/sandbox/api/requests/log', sandbox.url.replace('localhost', '127.0.0.1'))
    address.search = String(new URLSearchParams({ team: societeX, user: people.bob, id: mention.id }))
    const { lines } = (await (await fetch(address)).json()) as { lines: SandboxLogLine[] }
    // A read is answered while its row is made durable: either may be first.
    expect(lines.map(({ text }) => text).sort()).toEqual(['an action ended', 'an order was taken'])
    const ended = lines.find(({ text }) => text === 'an action ended')
    expect(ended).toMatchObject({ level: 'debug', facts: { command: 'status', result: 'done' } })
    address.searchParams.set('id', 'R999999')
    expect((await fetch(address)).status).toBe(400)
  })

  it('keeps tokens to itself', () => {
    const shown = JSON.stringify(sandbox.slack.traces)
    expect(shown).not.toMatch(/xoxb-T/)
    expect(shown).not.toContain('sandbox-prod-1')
  })
})
