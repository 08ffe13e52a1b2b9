import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { people, startTestSandbox } from '../helpers/sandbox.ts'

eachSandbox('a running NOX', (sandbox) => {
  it('tells that it lives, that it is ready, and what it counted', async () => {
    const get = async (path: string) => {
      const response = await fetch(`${sandbox().url}${path}`)
      return { status: response.status, text: await response.text() }
    }
    const { ts } = sandbox().say(people.bob, '@NOX whoami')
    await sandbox().answer(ts, /Today|Aujourd/)
    expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' })
    expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' })
    for (const name of [
      'nox_events_total{kind="event",status="200"}',
      'nox_ack_seconds_bucket',
      'nox_actions_total{command="whoami",result="done"}',
      'nox_action_seconds_bucket',
      'nox_channel_calls_total{method="chat.postMessage",result="ok"}',
      'nox_open_actions{state="running"}',
      'process_resident_memory_bytes',
    ]) {
      await vi.waitFor(async () => expect((await get('/metrics')).text).toContain(name), 2_000)
    }
  })
})

it('stops within its time while a rollout runs, and hands the rollout back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nox-stop-'))
  const sandbox = await startTestSandbox(undefined, 1)
  try {
    const { ts } = sandbox.say(people.bob, '@NOX déploie user-api v2.4.0 en staging')
    await sandbox.answer(ts, /En cours/)
    const started = performance.now()
    const tenantId = (await sandbox.nox.storage.installations.tenantOf('T0SOCIETEX')) ?? ''
    const [action] = await sandbox.nox.storage.ledger.list(tenantId, { limit: 1 })
    const released: string[] = []
    const { ledger } = sandbox.nox.storage
    const release = ledger.release.bind(ledger)
    ledger.release = async (tenant, id, fence) => {
      released.push(id)
      return release(tenant, id, fence)
    }
    const stopped = sandbox.nox.stop(300)
    expect((await fetch(`${sandbox.url}/readyz`)).status).toBe(503)
    await stopped
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(released).toEqual([action?.id])
  } finally {
    await sandbox.slack.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
