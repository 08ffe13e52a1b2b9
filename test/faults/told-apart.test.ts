import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { botScopes } from '../../src/channels/slack/scopes.ts'
import { defaultMember } from '../../src/permissions/index.ts'
import { createSlackDouble } from '../../src/sandbox/slack/index.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { compileCache } from '../helpers/compile-cache.ts'
import { testKey } from '../helpers/each-database.ts'

const team = 'T0SOCIETEX'
const victims: ChildProcess[] = []
const folder = mkdtempSync(join(tmpdir(), 'nox-apart-'))
afterAll(() => {
  for (const victim of victims) victim.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

describe('NOX killed after it told an answer to a person alone', () => {
  it.each([
    ['the end of a run', 'whoami'],
    ['what is decided at once', 'redémarre inconnu-api en staging'],
  ])('tells it once: %s', { timeout: 60_000 }, async (name, words) => {
    const slack = createSlackDouble({ signingSecret: 's', clientId: 'c', clientSecret: 'cs', rateLimits: false })
    await slack.listen()
    const database = { path: join(folder, `${name}.db`) }
    const seeding = await openStorage(database, createVault([testKey]))
    await createTenant(seeding)
    const identity = { tenantId: 'T1', id: 'M1', slackUserId: 'U0ALICE', name: 'Alice' }
    await seeding.members.create(defaultMember('company', 'admin', identity))
    const granted = slack.grant(team, 'U0ALICE', [...botScopes])
    await seeding.installations.save({
      ...{ tenantId: 'T1', workspaceId: team, isOrgWide: false, appId: 'A0NOX', botToken: granted.token },
      ...{ botUserId: granted.botUserId, botId: granted.botId, scopes: [...botScopes] },
      ...{ installerUserId: 'U0ALICE', installedAt: 0 },
    })
    await seeding.close()
    const start = async () => {
      const victim = spawn(process.execPath, [join(import.meta.dirname, '../helpers/victim.ts')], {
        env: {
          ...process.env,
          ...compileCache,
          VICTIM: JSON.stringify({ database, masterKey: testKey, slackUrl: slack.url }),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      victims.push(victim)
      const [port] = await once(victim.stdout, 'data')
      slack.setNoxUrl(`http://127.0.0.1:${String(port).trim()}`)
      return victim
    }
    const told = () =>
      slack.messages(slack.directMessages(team, 'U0ALICE')).filter(({ user }) => user === granted.botUserId)

    const victim = await start()
    slack.closeChannel(team, '#devops', 'archived')
    slack.faults.add({ kind: 'slow', method: 'conversations.open', ms: 1_500, times: 1 })
    const event = { type: 'app_mention', user: 'U0ALICE', text: `<@U0NOXSOCX> ${words}`, channel: 'C0DEVOPS' }
    await slack.emit(team, { ...event, ts: '1700000001.000000' }, { eventId: 'Ev1' })
    // It lands, and NOX never hears so: it is killed while it looks for it.
    await expect.poll(() => slack.faults.list(), { timeout: 15_000, interval: 20 }).toEqual([])
    slack.faults.add({ kind: 'reset', method: 'chat.postMessage', after: true, times: 1 })
    await expect.poll(told, { timeout: 15_000, interval: 20 }).toHaveLength(1)
    slack.faults.add({ kind: 'slow', method: 'conversations.history', ms: 60_000 })
    victim.kill('SIGKILL')
    await once(victim, 'exit')
    slack.faults.clear()

    const next = await start()
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(database.path, { readonly: true })
    const states = () => db.prepare('select state from actions').all()
    await expect.poll(states, { timeout: 30_000 }).not.toEqual([{ state: 'running' }])
    db.close()
    expect(told()).toHaveLength(1)
    next.kill('SIGKILL')
    await once(next, 'exit')
    await slack.close()
  })
})
