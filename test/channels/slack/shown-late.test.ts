import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { SlackChannel } from '../../../src/channels/slack/channel.ts'
import { connectCluster } from '../../../src/channels/slack/listeners/connect-cluster.ts'
import { connectVendor } from '../../../src/channels/slack/listeners/connect-vendor.ts'
import { SlackCallError } from '../../../src/channels/slack/web-api/error.ts'
import { NoxError } from '../../../src/errors.ts'

const cluster = {
  tenantId: 'T1',
  id: 'c1',
  name: 'prod-eu',
  environments: ['staging'],
  namespaces: [],
  isDefault: true,
  checkedAt: null,
}
const draft = { name: 'prod-eu', environments: ['staging'], hadSecret: true }
const checked = { vendor: 'notion', mode: 'connect', version: 0, settings: {}, secrets: {} } as const
const who = { tenantId: 'T1', userId: 'U1' }
const submission = { user: { id: 'U1' }, view: { id: 'V1', hash: '1.a', callback_id: 'admin.cluster', blocks: [] } }

/** A Slack that fails to show a modal until NOX stops trying; what it was to show, and what it was told beside that. */
function slackFailingOnce(test: () => Promise<unknown>) {
  const [shown, told]: [string[], string[]] = [[], []]
  const call = async (_: unknown, method: string, { view }: { view: unknown }) => {
    if (method !== 'views.update') return {}
    shown.push(JSON.stringify(view))
    if (shown.length === 1) throw new SlackCallError(method, 'internal_error', 'unknown')
    return {}
  }
  const channel = {
    administration: { connectCluster: test },
    vendors: {
      connect: test,
      hookOf: () => null,
      list: async () => [{ connector: { vendor: 'notion', settings: [] }, integration: null }],
    },
    messenger: {
      conversationWith: async () => 'D1',
      post: async (_: unknown, answer: unknown) => told.push(JSON.stringify(answer)),
    },
    api: { call },
    installations: { reach: async () => null },
    people: { profileOf: async () => ({ locale: 'en-US' }) },
    log: pino({ level: 'silent' }),
  }
  return { channel: channel as unknown as SlackChannel, shown, told }
}

it('says of no cluster that is connected that it is not, whatever Slack comes to', async () => {
  const { channel, shown } = slackFailingOnce(async () => ({ version: 'v1.33.1', forbidden: [] }))
  await connectCluster(channel, submission as never, { cluster }, draft, '').catch(() => {})
  expect(shown[0]).toContain('v1.33.1')
  expect(shown.slice(1).join()).not.toMatch(/not connected|Nothing is stored/)
})

it('tells who entered a cluster that it is not connected where Slack fails to show it', async () => {
  const { channel, told } = slackFailingOnce(async () => {
    throw new NoxError('unreachable', 'connection refused')
  })
  await connectCluster(channel, submission as never, { cluster }, draft, '').catch(() => {})
  expect(told).toEqual([expect.stringMatching(/form\.notConnected.*correct-cluster/)])
})

it('says the same of a vendor', async () => {
  const entered = { form: {}, checked }
  const connected = slackFailingOnce(async () => ({ account: 'Société X', missing: [] }))
  await connectVendor(connected.channel, who, submission as never, entered, '').catch(() => {})
  expect(connected.shown[0]).toContain('Société X')
  expect(connected.shown.slice(1).join()).not.toMatch(/not connected|Nothing has changed/)
  const refused = slackFailingOnce(async () => {
    throw new NoxError('unreachable', 'connection refused')
  })
  await connectVendor(refused.channel, who, submission as never, entered, '').catch(() => {})
  expect(refused.told).toEqual([expect.stringMatching(/form\.vendor\.notConnected.*correct-vendor/)])
})
