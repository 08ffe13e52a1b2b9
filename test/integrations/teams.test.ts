import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { afterEach, describe, expect, it } from 'vitest'
import type { Connected } from '../../src/capabilities/connectors.ts'
import type { Announcement } from '../../src/domain/announcement.ts'
import { NoxError } from '../../src/errors.ts'
import { cardMessage } from '../../src/integrations/teams/card.ts'
import { teams } from '../../src/integrations/teams/index.ts'
import { checkTeams } from '../../src/integrations/teams/settings.ts'
import { createTeamsDouble } from '../../src/sandbox/teams/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { contractsFolder, hasContract } from '../helpers/contract.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
const signature = 'Sig-1234567890abcdefghijklmnop'
const channels = [
  { name: 'ops', workflow: '0123456789abcdef0123456789abcdef', signature },
  { name: 'direction', workflow: 'fedcba9876543210fedcba9876543210', signature },
]

let stop: () => Promise<void>
afterEach(() => stop())

async function start(change: (webhooks: string) => string = (text) => text, now = () => 0) {
  const double = createTeamsDouble({ seed: { channels }, now })
  const { url } = await double.listen()
  const connectors = createConnectors([teams], { allowPrivate: ['127.0.0.1'], now: Date.now })
  stop = async () => {
    await connectors.close()
    await double.close()
  }
  const webhooks = change(channels.map(({ name }) => `${name} = ${double.webhookOf(name, url)}`).join('\n'))
  const rest = { account: '', connectedAt: 0, checkedAt: 0, failingSince: null, settings: {} }
  const connected = await connectors.open({
    integration: { tenantId: 'T1', vendor: 'teams', ...rest },
    secrets: { webhooks },
  })
  return { double, connected, url, webhook: double.webhookOf('ops', url) }
}

const portOf = ({ announcements }: Connected) => {
  if (!announcements) throw new Error('no announcements')
  return announcements
}
const told = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NoxError) || !error.forPerson) throw new Error(`told nothing: ${String(error)}`)
  // The address of a webhook is its secret.
  expect(JSON.stringify([error.message, error.facts, String(error.cause)])).not.toContain('Sig-1234')
  const sentence = plainPhrase(error.forPerson, 'en')
  expect(sentence).not.toContain('Sig-1234')
  return sentence
}

const alert: Announcement = {
  title: 'user-api: error rate *above* 5 % [look](https://evil.example)',
  tone: 'bad',
  paragraphs: ['Since 10:42, <at>everybody</at>', ''],
  facts: [{ name: 'Service', value: 'user-api' }],
  table: {
    header: ['Pod', 'Restarts'],
    rows: [
      ['user-api-1', '4'],
      ['user-api-2', ''],
    ],
  },
  links: [
    { label: 'Open', url: 'https://nox.example/a?b=1' },
    { label: 'Never', url: 'javascript:alert(1)' },
  ],
  language: 'en',
}

describe('Microsoft Teams', () => {
  it('posts a card to the channel that is meant, the usual one where none is named', async () => {
    const { double, connected } = await start()
    const announcements = portOf(connected)
    expect(announcements.channels).toEqual(['ops', 'direction'])
    await announcements.post(null, alert, call())
    await announcements.post('Direction', { ...alert, title: 'Weekly report', tone: 'neutral' }, call())
    expect(double.posted.map(({ channel }) => channel)).toEqual(['ops', 'direction'])
    const card = JSON.stringify(double.posted[0]?.card)
    for (const words of ['error rate *above* 5 %', 'Since 10:42', 'user-api-2', 'https://nox.example/a?b=1']) {
      expect(card).toContain(words)
    }
    // What others wrote is words: a TextBlock would read links and formats in it.
    expect(card).not.toMatch(/"TextBlock|javascript:/)
    expect(await told(announcements.post('nowhere', alert, call()))).toMatch(/nowhere/)
    expect(double.posted).toHaveLength(2)
  })

  it('shows at a test that it works: a word in each channel', async () => {
    const { double, connected } = await start()
    expect(await connected.test(call())).toEqual({ account: 'ops, direction', missing: [] })
    expect(double.posted.map(({ channel }) => channel)).toEqual(['ops', 'direction'])
    expect(JSON.stringify(double.posted)).toMatch(/NOX est connecté.*NOX is connected/)
  })

  it('says what Teams refuses, and never the address', async () => {
    const wrong = await start((text) => text.replaceAll(signature, `${signature}x`))
    expect(await told(portOf(wrong.connected).post(null, alert, call()))).toMatch(/no longer accepts the access/)
    await stop()
    const gone = await start((text) => text.replaceAll('0123456789abcdef', '1123456789abcdef'))
    expect(await told(portOf(gone.connected).post(null, alert, call()))).toMatch(/Microsoft Teams/)
    await stop()
    const other = await start((text) => text.replace(/\/workflows\S+/, '/').replace(/\n.*/, ''))
    other.double.faults.push({ kind: 'status', status: 200 })
    expect(await told(portOf(other.connected).post(null, alert, call()))).toMatch(/Microsoft Teams/)
    await stop()
    const busy = await start()
    busy.double.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } })
    expect(await told(portOf(busy.connected).post(null, alert, call()))).toMatch(/limits the requests/)
    busy.double.faults.splice(0)
    busy.double.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '0' }, times: 1 })
    await portOf(busy.connected).post(null, alert, call())
    expect(busy.double.posted).toHaveLength(1)
    // A card whose answer is lost may stand there: it is never sent twice.
    busy.double.faults.push({ kind: 'status', status: 502, after: true, times: 1 })
    expect(await told(portOf(busy.connected).post(null, alert, call()))).toMatch(/does not answer/)
    expect(busy.double.posted).toHaveLength(2)
  })

  it('shortens what is too long from its end', async () => {
    const { double, connected } = await start(undefined, Date.now)
    const rows = Array.from({ length: 900 }, (_, at) => [`pod ${at}`, '✓'.repeat(40)])
    const paragraphs = Array.from({ length: 12 }, (_, at) => `${at} ${'é'.repeat(9_000)}`)
    await portOf(connected).post(null, { ...alert, table: { header: ['a', 'b'], rows } }, call())
    await portOf(connected).post(null, { ...alert, paragraphs }, call())
    for (const { card } of double.posted) {
      expect(Buffer.byteLength(JSON.stringify(card))).toBeGreaterThan(18_000)
      expect(JSON.stringify(card)).toContain('…')
    }
    expect(JSON.stringify(double.posted[0]?.card)).toContain('pod 0')
    expect(JSON.stringify(double.posted[1]?.card)).toContain('0 éé')
  })

  it('takes a channel for incidents only where it is one of those above', () => {
    const webhooks = 'ops = https://a.example/1\nboard = https://a.example/2'
    expect(checkTeams({ webhooks, incidents: 'Board' })).toBeNull()
    expect(checkTeams({ webhooks, incidents: 'other' })).toHaveProperty('incidents')
  })

  it('takes lines of channels only as they are meant', () => {
    const wrong = ['', 'ops =', 'ftp://x.example', 'ops', 'a = https://x.example\nA = https://y.example', 'a = b = c']
    for (const webhooks of wrong) expect(teams.check({ webhooks }), webhooks).not.toBeNull()
    for (const webhooks of ['https://x.example/?sig=a', 'ops = https://x.example/?sig=a\n\n b=https://y.example ']) {
      expect(teams.check({ webhooks }), webhooks).toBeNull()
    }
  })

  const present = hasContract('adaptive-card-1.5.schema.json')
  it.skipIf(!present)(`sends cards as their schema says${present ? '' : ' (absent: skipped)'}`, async () => {
    stop = async () => {}
    const schema = JSON.parse(readFileSync(resolve(contractsFolder, 'adaptive-card-1.5.schema.json'), 'utf8'))
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema)
    const full = JSON.parse(cardMessage(alert)).attachments[0].content
    expect(validate(full), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
    expect(validate({ ...full, version: 1.5, body: [{ type: 'Nothing' }] })).toBe(false)
  })
})

it('is as strict as Workflows: the limit of size, of requests, of what a message is', async () => {
  const { double, webhook, url } = await start(undefined, () => 1_000)
  const send = (body: string, to = webhook, method = 'POST', type = 'application/json') =>
    fetch(to, { method, headers: { 'content-type': type }, ...(method === 'POST' ? { body } : {}) })
  const good = cardMessage(alert)
  expect((await send(good)).status).toBe(202)
  expect((await send('{')).status).toBe(400)
  expect((await send('{"text":"hello"}')).status).toBe(400)
  expect((await send(good.replace('RichTextBlock', 'Nothing'))).status).toBe(400)
  expect((await send(good, webhook, 'GET')).status).toBe(405)
  expect((await send(good, webhook, 'POST', 'text/plain')).status).toBe(415)
  expect((await send(good.replace('Since', 'x'.repeat(28 * 1024)))).status).toBe(413)
  expect((await send(good, webhook.replace('sig=Sig', 'sig=sig'))).status).toBe(401)
  const answers = await Promise.all([send(good), send(good), send(good), send(good)])
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429])
  expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1')
  expect(double.posted).toHaveLength(4)
  const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text()
  expect(page).toContain('error rate *above* 5 %')
  expect(page).not.toContain('<at>')
})
