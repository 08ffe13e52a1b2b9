import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { SlackChannel } from '../../../src/channels/slack/channel.ts'
import { connectCluster } from '../../../src/channels/slack/listeners/connect-cluster.ts'
import { connectVendor } from '../../../src/channels/slack/listeners/connect-vendor.ts'
import { SlackCallError } from '../../../src/channels/slack/web-api/error.ts'
import { github } from '../../../src/integrations/github/index.ts'

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
const submission = { user: { id: 'U1' }, view: { id: 'V1', hash: '1.a', callback_id: 'admin.cluster', blocks: [] } }

/** A Slack that shows a modal only when it is asked again, after NOX has stopped trying; what it was to show. */
function slackFailingOnce() {
  const shown: string[] = []
  const call = async (_: unknown, method: string, { view }: { view: unknown }) => {
    if (method !== 'views.update') return {}
    shown.push(JSON.stringify(view))
    if (shown.length === 1) throw new SlackCallError(method, 'internal_error', 'unknown')
    return {}
  }
  const channel = {
    administration: { connectCluster: async () => ({ version: 'v1.33.1', forbidden: [] }) },
    vendors: {
      connect: async () => ({ account: 'nox-societe-x', missing: [] }),
      hookOf: () => null,
      list: async () => [{ connector: github, integration: null }],
    },
    api: { call },
    installations: { reach: async () => null },
    people: { profileOf: async () => ({ locale: 'en-US' }) },
    log: pino({ level: 'silent' }),
  }
  return { channel: channel as unknown as SlackChannel, shown }
}

it('says of no cluster that is connected that it is not, whatever Slack comes to', async () => {
  const { channel, shown } = slackFailingOnce()
  await connectCluster(channel, submission as never, { cluster }, draft, '').catch(() => {})
  expect(shown[0]).toContain('v1.33.1')
  expect(shown.slice(1).join()).not.toMatch(/not connected|Nothing is stored/)
})

it('says of no vendor that is connected that it is not, whatever Slack comes to', async () => {
  const { channel, shown } = slackFailingOnce()
  const about = { vendor: 'github', mode: 'connect', version: 0 } as const
  const sent = { form: {}, checked: { ...about, settings: {}, secrets: {} } }
  await connectVendor(channel, { tenantId: 'T1', userId: 'U1' }, submission as never, sent, '').catch(() => {})
  expect(shown[0]).toContain('nox-societe-x')
  expect(shown.slice(1).join()).not.toMatch(/not connected|Nothing has changed/)
})
