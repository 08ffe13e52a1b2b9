import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { noAlertSettings } from '../../src/domain/alert.ts'
import { entry } from '../helpers/actions.ts'
import { contentOf, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const secret = 'an-unguessable-secret-of-this-address'
const incidents = 'C0INCIDENTS'
const storm = 10_000

let sandbox: TestSandbox
let tenantId = ''
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
beforeAll(async () => {
  sandbox = await startTestSandbox()
  const { storage } = sandbox.nox
  tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
  const secretHash = createHash('sha256').update(secret).digest('hex')
  await storage.alertHooks.save(
    { tenantId, source: 'alertmanager', secretHash, createdBy: 'U1', createdAt: 1 },
    entry({}),
  )
  const to = { channel: incidents, people: [], rota: null, escalateAfter: null, escalateTo: [] }
  const route = {
    id: 'R1',
    name: 'all',
    severities: [],
    services: [],
    environments: [],
    labels: {},
    hours: null,
    ...to,
  }
  const { version } = await storage.alertSettings.read(tenantId)
  await storage.alertSettings.save(tenantId, { ...noAlertSettings, routes: [route] }, version, entry({}))
})
afterAll(async () => {
  agent.destroy()
  await sandbox?.stop()
})

const severities = ['critical', 'error', 'warning', 'info']

/** One delivery, of a group as Alertmanager makes them; one that is told to come again does. */
async function deliver(n: number): Promise<void> {
  const startsAt = new Date(Date.now() - 1_000).toISOString()
  const alerts = severities.map((severity) => ({
    status: 'firing',
    labels: { alertname: 'Storm', instance: `i-${n}`, severity },
    startsAt,
  }))
  const body = JSON.stringify({ version: '4', alerts })
  const url = `${sandbox.url.replace('localhost', '127.0.0.1')}/hooks/${tenantId}/alertmanager/${secret}`
  for (;;) {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent, headers: { 'content-length': Buffer.byteLength(body) } })
      sent.on('response', (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      })
      sent.on('error', reject)
      sent.end(body)
    })
    if (status === 202) return
    if (status !== 429 && status !== 503) throw new Error(`answered ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

it('takes 10,000 alerts over HTTP, loses none, and tells them in at most 20 messages', async () => {
  const { storage } = sandbox.nox
  const before = process.memoryUsage().heapUsed
  let next = 0
  const worker = async () => {
    while (next < storm / severities.length) {
      const n = next
      next += 1
      await deliver(n)
    }
  }
  await Promise.all(Array.from({ length: 64 }, worker))
  expect(await storage.alerts.count(tenantId, { state: 'firing' })).toBe(storm)
  await vi.waitFor(async () => expect(await storage.alerts.due(tenantId, Date.now() + 20_000, 1)).toEqual([]), {
    timeout: 90_000,
    interval: 500,
  })
  const messages = sandbox.slack.messages(incidents).filter((each) => /Storm|alertes de plus/.test(contentOf(each)))
  expect(messages.length).toBeLessThanOrEqual(20)
  const all = await storage.alerts.list(tenantId, {}, storm)
  const single = all.filter(({ posts }) => posts.length > 0)
  const [collective] = messages.map(contentOf).filter((each) => /alertes de plus/.test(each))
  const said = Number(/([\d\s.]+) alertes de plus/.exec(collective ?? '')?.[1]?.replace(/\D/g, ''))
  expect(single.length + said).toBe(storm)
  // Each critical one that could be told alone came before those that are not.
  expect(single.filter(({ alert }) => alert.severity === 'critical').length).toBeGreaterThanOrEqual(4)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(400 * 1024 * 1024)
}, 240_000)
