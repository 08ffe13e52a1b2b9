import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'
import { startTcpProxy } from '../helpers/tcp-proxy.ts'

const { alice, bob } = people
let sandbox: TestSandbox | undefined
afterEach(async () => {
  await sandbox?.stop()
  sandbox = undefined
})

describe('Slack in trouble', () => {
  it.each([
    ['429', { kind: 'rate-limit', method: 'chat.postMessage', times: 2 }],
    ['500', { kind: 'server-error', method: '*', times: 3 }],
    ['a broken connection', { kind: 'reset', method: '*', times: 3 }],
  ] as const)('still gets every answer, none twice: %s', async (_, fault) => {
    sandbox = await startTestSandbox()
    sandbox.slack.faults.add({ ...fault })
    const { ts } = sandbox.say(bob, '@NOX déploie user-api v2.4.0 en staging')
    await sandbox.answer(ts, /Déployé/, 25_000)
    await sleep(500)
    expect(sandbox.thread(ts)).toHaveLength(1)
    const cluster = sandbox.clusters.get(`${societeX} dev-1`)
    expect(cluster?.changes).toHaveLength(1)
  })
})

describe('a cluster that is cut off', () => {
  it('in the middle of a rollout: NOX goes on when it is back, and tells the end', async () => {
    sandbox = await startTestSandbox(undefined, 5)
    const cluster = sandbox.clusters.get(`${societeX} dev-1`)
    const { ts } = sandbox.say(bob, '@NOX déploie user-api v2.4.0 en staging')
    await vi.waitFor(() => expect(cluster?.changes).toHaveLength(1), 8_000)
    cluster?.cutOff(true)
    await sleep(2_500)
    cluster?.cutOff(false)
    await sandbox.answer(ts, /Déployé/, 20_000)
    expect(cluster?.changes).toHaveLength(1)
  })

  it('before anything was done: it is told, nothing is counted', async () => {
    sandbox = await startTestSandbox()
    const cluster = sandbox.clusters.get(`${societeX} dev-1`)
    cluster?.cutOff(true)
    const { ts } = sandbox.say(alice, '@NOX déploie user-api v2.4.0 en staging')
    const answer = await sandbox.answer(ts, /❌/)
    expect(contentOf(answer)).toMatch(/ne répond pas/)
    // What was taken is given back with the action's end, right after it is told.
    const { storage } = sandbox.nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const failed = () => storage.ledger.list(tenantId, { states: ['failed'], limit: 1 })
    await expect.poll(async () => (await failed()).length).toBe(1)
    const usage = sandbox.say(alice, '@NOX mes droits')
    await sandbox.answer(usage.ts, /Aujourd.hui :\* 0 /)
  })
})

const server = inject('postgres')
describe.skipIf('missing' in server)('a database that is gone for five seconds', () => {
  it('costs no order: what was not stored is not acknowledged, and runs once when it comes again', async () => {
    if (!('url' in server)) throw new Error(server.missing)
    const database = `nox_${randomBytes(6).toString('hex')}`
    const admin = postgres(server.url, { max: 1, onnotice: () => {} })
    await admin.unsafe(`create database ${database}`)
    const url = new URL(server.url)
    const proxy = await startTcpProxy(url.hostname, Number(url.port))
    url.pathname = `/${database}`
    url.hostname = '127.0.0.1'
    url.port = String(proxy.port)
    sandbox = await startTestSandbox({ url: url.toString() })
    try {
      const { slack } = sandbox
      const root = sandbox.say(bob, 'un fil')
      const event = {
        type: 'app_mention',
        user: bob,
        channel: 'C0DEVOPS',
        ts: root.ts,
        text: '<@U0NOXSOCX> déploie user-api v2.4.0 en staging',
      }
      proxy.cut(true)
      const refused = await slack.emit(societeX, event, { eventId: 'EvGone' })
      expect(refused.status === 200).toBe(false)
      expect((await fetch(`${sandbox.url}/readyz`)).status).toBe(503)
      expect((await fetch(`${sandbox.url}/healthz`)).status).toBe(200)
      await sleep(5_000)
      proxy.cut(false)
      const end = Date.now() + 15_000
      let status = 0
      while (status !== 200 && Date.now() < end) {
        ;({ status } = await slack.emit(societeX, event, { eventId: 'EvGone' }))
        await sleep(200)
      }
      expect(status).toBe(200)
      await sandbox.answer(root.ts, /Déployé/, 20_000)
      expect(sandbox.clusters.get(`${societeX} dev-1`)?.changes).toHaveLength(1)
    } finally {
      await sandbox.stop()
      sandbox = undefined
      await proxy.close()
      await admin.unsafe(`drop database ${database} with (force)`)
      await admin.end()
    }
  })
})
