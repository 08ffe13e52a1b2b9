import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ulid } from 'ulid'
import { afterAll, describe, expect, it } from 'vitest'
import { botScopes } from '../../src/channels/slack/scopes.ts'
import { finalStates } from '../../src/domain/action.ts'
import { defaultMember, defaultZones } from '../../src/permissions/index.ts'
import { createSlackDouble, type SlackDouble } from '../../src/sandbox/slack/index.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { adminToken, startCluster } from '../helpers/cluster.ts'
import { compileCache } from '../helpers/compile-cache.ts'
import { testKey } from '../helpers/each-database.ts'

const team = 'T0SOCIETEX'
/** Short among the other tests; `npm run test:faults` kills 200 times. */
const kills = Number(process.env.NOX_FAULT_ROUNDS ?? 25)
const victims: ChildProcess[] = []
const folder = mkdtempSync(join(tmpdir(), 'nox-kill-'))
afterAll(() => {
  for (const victim of victims) victim.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function seed(storage: Storage, slack: SlackDouble, server: string): Promise<void> {
  await createTenant(storage)
  const identity = { tenantId: 'T1', id: 'M1', slackUserId: 'U0ALICE', name: 'Alice' }
  await storage.members.create({ ...defaultMember('company', 'admin', identity), maxActionsPerDay: 100_000 })
  for (const zone of defaultZones('T1', ulid)) await storage.zones.save(zone)
  const cluster = {
    tenantId: 'T1',
    id: 'c1',
    name: 'dev-1',
    environments: ['staging'],
    namespaces: ['staging'],
    isDefault: true,
    checkedAt: null,
  }
  await storage.catalogue.saveCluster(cluster, { server, token: adminToken })
  for (const name of ['user-api', 'chatty']) {
    await storage.catalogue.saveService({
      tenantId: 'T1',
      id: name,
      name,
      aliases: [],
      targets: [{ environment: 'staging', clusterId: 'c1', namespace: 'staging', deployment: name, container: name }],
      imageTemplate: 'registry.example/{service}:{tag}',
      defaultBranch: 'main',
    })
  }
  const granted = slack.grant(team, 'U0ALICE', [...botScopes])
  await storage.installations.save({
    tenantId: 'T1',
    workspaceId: team,
    isOrgWide: false,
    appId: 'A0NOX',
    botToken: granted.token,
    botUserId: granted.botUserId,
    botId: granted.botId,
    scopes: [...botScopes],
    installerUserId: 'U0ALICE',
    installedAt: 0,
  })
}

/** Starts NOX in a process of its own; resolves when it listens. */
async function startVictim(path: string, slack: SlackDouble): Promise<ChildProcess> {
  const victim = spawn(process.execPath, [join(import.meta.dirname, '../helpers/victim.ts')], {
    env: {
      ...process.env,
      ...compileCache,
      VICTIM: JSON.stringify({ database: { path }, masterKey: testKey, slackUrl: slack.url }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  victims.push(victim)
  const port = await new Promise<string>((resolve, reject) => {
    victim.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()))
    victim.once('exit', (code) => reject(new Error(`NOX ended with ${code} before it listened`)))
  })
  slack.setNoxUrl(`http://127.0.0.1:${port}`)
  return victim
}

describe('NOX killed without a warning', () => {
  it(`loses no order that it acknowledged and does none twice, over ${kills} kills`, {
    timeout: 60_000 + kills * 20_000,
  }, async () => {
    const path = join(folder, 'nox.db')
    const cluster = startCluster({ speed: 200 })
    const { url } = await cluster.listen()
    const slack = createSlackDouble({ signingSecret: 's', clientId: 'c', clientSecret: 'cs', rateLimits: false })
    await slack.listen()
    const storage = await openStorage({ path }, createVault([testKey]))
    await seed(storage, slack, url)
    await storage.close()

    const acknowledged = new Set<string>()
    const open: { ts: string; text: string }[] = []
    let written = 0
    const send = async (order: { ts: string; text: string }) => {
      const event = { type: 'app_mention', user: 'U0ALICE', text: order.text, ts: order.ts, channel: 'C0DEVOPS' }
      const { status } = await slack.emit(team, event, { eventId: `Ev${order.ts}` })
      if (status === 200) acknowledged.add(order.ts)
    }
    for (let kill = 0; kill < kills; kill += 1) {
      const victim = await startVictim(path, slack)
      const ended = once(victim, 'exit')
      // What was not acknowledged is sent again, as Slack does it.
      const again = open.filter((order) => !acknowledged.has(order.ts))
      for (let fresh = 0; fresh < 2; fresh += 1) {
        written += 1
        const service = written % 2 === 0 ? 'user-api' : 'chatty'
        const { ts } = slack.say(team, 'U0ALICE', 'C0DEVOPS', `ordre ${written}`)
        const order = { ts, text: `<@U0NOXSOCX> redémarre ${service} en staging` }
        open.push(order)
        again.push(order)
      }
      const sending = Promise.all(again.map((order) => send(order).catch(() => {})))
      await sleep(Math.random() * 400)
      victim.kill('SIGKILL')
      await ended
      await sending
    }

    const last = await startVictim(path, slack)
    for (const order of open) if (!acknowledged.has(order.ts)) await send(order)
    expect(acknowledged.size).toBe(2 * kills)
    const end = Date.now() + 120_000
    const states = async () => {
      // Another process owns the file: it is read beside it.
      const { default: Database } = await import('better-sqlite3')
      const db = new Database(path, { readonly: true })
      const rows = db.prepare('select state, count(*) as n from actions group by state').all() as {
        state: string
        n: number
      }[]
      db.close()
      return rows
    }
    for (;;) {
      const rows = await states()
      if (rows.every(({ state }) => (finalStates as readonly string[]).includes(state))) break
      if (Date.now() > end) throw new Error(`still open: ${JSON.stringify(rows)}`)
      await sleep(250)
    }
    expect(await states()).toEqual([{ state: 'done', n: 2 * kills }])
    const doneBy = cluster.changes.map((change) => change.action)
    expect(new Set(doneBy).size).toBe(2 * kills)
    expect(doneBy).toHaveLength(2 * kills)
    for (const { ts } of open) {
      const answers = slack.messages('C0DEVOPS').filter((message) => message.threadTs === ts && message.ts !== ts)
      expect(answers.length).toBeGreaterThan(0)
    }
    last.kill('SIGKILL')
    await once(last, 'exit')
    const after = await openStorage({ path }, createVault([testKey]))
    expect(await after.audit.verify('T1')).toMatchObject({ ok: true })
    await after.close()
    await slack.close()
    await cluster.close()
  })
})
