import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Integration } from '../../src/domain/integration.ts'
import { createMailer } from '../../src/email/index.ts'
import { createLog } from '../../src/observability/log.ts'
import { exportTenant, openToRead } from '../../src/storage/export-tenant.ts'
import { homeOf, pick } from '../helpers/home.ts'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const { alice } = people

/** A secret that nothing else looks like. */
const canary = (what: string) => `canary${what.replace(/\W/g, '')}Q7wZ5kXn2`

describe('secrets of a tenant, of e-mail, of payments and of Slack', () => {
  let sandbox: TestSandbox
  let tenantId = ''
  const folder = mkdtempSync(join(tmpdir(), 'nox-canary-'))
  const path = join(folder, 'sandbox.db')
  const logged: string[] = []
  const log = createLog({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const secrets = new Map<string, string>()
  beforeAll(async () => {
    sandbox = await startTestSandbox({ path }, 50, false, { log })
    tenantId = (await sandbox.nox.storage.installations.tenantOf(societeX)) ?? ''
  })
  afterAll(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('are found in no log, metric, record, message, view, export or database file, also where everything fails', async () => {
    const { storage, services } = sandbox.nox
    const home = homeOf(() => sandbox)
    const local = sandbox.url.replace('localhost', '127.0.0.1')
    for (const { vendor, settings } of services.connectors.all) {
      const values: Record<string, string> = {}
      for (const { name } of settings.filter(({ kind }) => kind === 'secret')) {
        secrets.set(`${vendor}.${name}`, canary(`${vendor}${name}`))
        values[name] = canary(`${vendor}${name}`)
      }
      if (vendor === 'teams') values.webhooks = `ops = ${local}/sandbox/teams/${values.webhooks}`
      const known = (await storage.integrations.list(tenantId)).find((each) => each.vendor === vendor)
      const fresh = { account: 'x', connectedAt: 1, checkedAt: 1, failingSince: null }
      const url = `${local}/sandbox/${vendor}`
      const integration: Integration = known ?? { tenantId, vendor, settings: { url, server: url }, ...fresh }
      await storage.integrations.save(integration, values)
    }
    expect(secrets.size).toBeGreaterThan(10)
    for (const cluster of await storage.catalogue.clusters(tenantId)) {
      const access = await storage.catalogue.clusterAccess(tenantId, cluster.id)
      if (!access) throw new Error('no access')
      secrets.set(`cluster.${cluster.id}`, canary(cluster.name))
      await storage.catalogue.saveCluster(cluster, { ...access, token: canary(cluster.name) } as typeof access)
    }
    services.knowledge.drop(tenantId)
    const installation = await storage.installations.findByTenant(tenantId)
    secrets.set('slack.bot', installation?.botToken ?? '')
    secrets.set('slack.signing', 'sandbox-signing-secret')
    secrets.set('slack.client', 'sandbox-client-secret')
    secrets.set('stripe.key', 'sk_test_sandbox')
    secrets.set('stripe.webhook', 'whsec_sandbox')
    secrets.set('smtp', canary('smtp'))
    for (const [name, value] of secrets) expect(value.length, name).toBeGreaterThan(10)

    const orders = ['builds de user-api', 'tickets', 'alertes', 'métriques de user-api', 'docs déploiement']
    const asked = [...orders, 'pods de user-api en production', 'logs de user-api en staging', 'dashboard'].map(
      (order) => sandbox.say(alice, `@NOX ${order}`).ts,
    )
    const isAnswered = (ts: string) => sandbox.thread(ts).some((each) => !/⏳/.test(contentOf(each)))
    await vi.waitFor(() => expect(asked.filter((ts) => !isAnswered(ts))).toEqual([]), 20_000)
    const { text } = await home.tab(alice, 'integrations')
    const menus = services.connectors.all.map(({ vendor }) => `vendor.menu.${vendor}`).filter((id) => text.includes(id))
    expect(menus).toHaveLength(services.connectors.all.length)
    for (const id of menus) {
      await home.tab(alice, 'integrations', new RegExp(`"${id}"`))
      const { id: view } = await home.form(alice, id, pick('test'))
      await home.close(alice, view)
    }
    const tested = () => storage.audit.list(tenantId, { command: 'vendor.test', limit: 50 })
    await vi.waitFor(async () => expect(await tested()).toHaveLength(menus.length), 15_000)
    const smtp = createMailer({ url: `smtp://nox:${canary('smtp')}@127.0.0.1:1`, from: 'nox@example.com' })
    const failed = await smtp.verify().catch((error: Error) => error)
    log.error({ err: failed }, String(failed))
    const views: string[] = []
    for (const tab of ['home', 'integrations', 'team', 'audit', 'alerts', 'billing', 'analytics']) {
      views.push((await home.tab(alice, tab)).text)
    }
    const failures = await storage.audit.list(tenantId, { limit: 1_000 })
    expect(failures.filter(({ result }) => result === 'failed').length).toBeGreaterThan(3)

    const csv = await sandbox.nox.channel.governance.audit.export(tenantId, alice, {}, 'jsonl', 'fr')
    const reading = await openToRead({ path })
    const exported: string[] = []
    for await (const line of exportTenant(reading.database, tenantId)) exported.push(JSON.stringify(line))
    await reading.close()
    const metrics = await (await fetch(`${sandbox.url}/metrics`)).text()
    const places: Readonly<Record<string, string>> = {
      logs: logged.join('\n'),
      metrics,
      audit: failures.map(({ text }) => text).join('\n'),
      messages: sandbox.slack.messages('C0DEVOPS').map(contentOf).join('\n'),
      views: [...views, ...sandbox.slack.views(alice).map(({ json }) => JSON.stringify(json))].join('\n'),
      'export of the audit': JSON.stringify(csv),
      'export of the tenant': exported.join('\n'),
      ...Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')])),
    }
    expect(Object.keys(places)).toContain('sandbox.db-wal')
    expect(places.logs?.length).toBeGreaterThan(1_000)
    // What is not secret stands there as it is.
    for (const place of ['sandbox.db-wal', 'messages', 'audit', 'export of the tenant'])
      expect(places[place]).toContain('user-api')
    for (const [place, text] of Object.entries(places)) {
      const found = [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => name)
      expect([place, found]).toEqual([place, []])
    }
  })
})
