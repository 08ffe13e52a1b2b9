import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ulid } from 'ulid'
import { botScopes } from '../src/channels/slack/scopes.ts'
import { noAlertSettings } from '../src/domain/alert.ts'
import { openStorage } from '../src/storage/open-storage.ts'
import { createVault } from '../src/vault/index.ts'
import { Connection } from './connection.ts'
import { percentile } from './load.ts'
import { workspace } from './mention.ts'
import type { SlackEnd } from './slack-end.ts'
import { masterKey, startBareServer, startNox, type Target } from './targets.ts'

/** A storm: so many alerts, evenly over a minute. */
const alerts = 10_000
const withinMs = 60_000
/** Deliveries that are under way at once, at most. */
const connections = 64
/** Sent to a server before it is measured: labels of the storm's own, so that none of them is a new alert then. */
const warmUp = 500
/** How long the tellers get to catch up with the storm (ms). */
const patienceMs = 60_000

/** An address names its tenant by a whole ULID. */
const tenantId = ulid()
const secret = randomBytes(24).toString('hex')
const path = `/hooks/${tenantId}/alertmanager/${secret}`
const severities = ['critical', 'error', 'warning', 'info'] as const

/** Makes a tenant with an address for Alertmanager, and a route of all alerts to one channel. */
async function prepare(database: string, masterKey: string): Promise<void> {
  const storage = await openStorage({ path: database }, createVault([masterKey]))
  const tenant = { id: tenantId, kind: 'company', name: 'Storm', plan: 'enterprise', language: 'en' } as const
  await storage.tenants.create({ ...tenant, timeZone: 'Europe/Paris' }, Date.now())
  await storage.installations.save({
    tenantId,
    workspaceId: 'T0STORM',
    isOrgWide: false,
    appId: workspace.app,
    botToken: 'xoxb-bench',
    botUserId: workspace.bot,
    botId: 'B0BOT',
    scopes: [...botScopes],
    installerUserId: workspace.user,
    installedAt: Date.now(),
  })
  const by = { at: 1, actor: 'U1', actionId: null, actionNumber: null, command: 'bench', details: {} }
  const entry = { ...by, environment: null, resource: null, result: 'done' } as const
  const secretHash = createHash('sha256').update(secret).digest('hex')
  await storage.alertHooks.save({ tenantId, source: 'alertmanager', secretHash, createdBy: 'U1', createdAt: 1 }, entry)
  const any = { severities: [], services: [], environments: [], labels: {}, hours: null, people: [], rota: null }
  const route = { ...any, id: 'R1', name: 'all', channel: 'C0BENCH', escalateAfter: null, escalateTo: [] }
  const { version } = await storage.alertSettings.read(tenantId)
  await storage.alertSettings.save(tenantId, { ...noAlertSettings, routes: [route] }, version, entry)
  await storage.close()
}

/** Alerts that were kept. */
async function kept(database: string): Promise<number> {
  const storage = await openStorage({ path: database }, createVault([randomBytes(32).toString('base64')]))
  const count = await storage.alerts.count(tenantId, { state: 'firing' })
  await storage.close()
  return count
}

function delivery(n: number, port: number): string {
  const labels = { alertname: 'Storm', instance: `i-${n}`, severity: severities[n % severities.length] }
  const alert = { status: 'firing', labels, startsAt: new Date().toISOString() }
  const body = JSON.stringify({ version: '4', alerts: [alert] })
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n`
  return `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

interface Storm {
  /** From the moment that an alert was due to its answer (ms). */
  readonly times: readonly number[]
  /** Answers other than 202. */
  readonly refused: number
  /** Growth of the resident memory (MB), at its most. */
  readonly grownMb: number
}

/** Sends every alert when it is due, whether or not those before were answered. */
async function storm(target: Target, count: number): Promise<Storm> {
  const open = await Promise.all(Array.from({ length: connections }, () => new Connection().open(target.port)))
  const times: number[] = []
  const before = target.residentMb()
  let most = before
  let refused = 0
  let next = 0
  const start = performance.now()
  const dueAt = (n: number) => start + (n * withinMs) / alerts
  const work = async (connection: Connection) => {
    for (let n = next++; n < count; n = next++) {
      // Timers may fire a little early: nothing is sent before it is due.
      for (let wait = dueAt(n) - performance.now(); wait > 0; wait = dueAt(n) - performance.now()) await sleep(wait)
      if ((await connection.request(delivery(n, target.port))) !== 202) refused += 1
      times.push(performance.now() - dueAt(n))
      if (n % 500 === 0) most = Math.max(most, target.residentMb())
    }
  }
  await Promise.all(open.map(work))
  for (const connection of open) connection.close()
  return { times, refused, grownMb: most - before }
}

/** @param scale shortens the storm, at the same rate */
export async function benchAlerts(folder: string, slack: SlackEnd, scale: number): Promise<void> {
  const count = Math.ceil(alerts * scale)
  const bare = await startBareServer()
  await storm(bare, warmUp)
  const floor = await storm(bare, count)
  await bare.stop()

  const database = join(folder, 'alerts.db')
  await (await startNox({ path: database }, slack.apiUrl)).stop()
  await prepare(database, masterKey)
  const nox = await startNox({ path: database }, slack.apiUrl)
  let posts = 0
  slack.onCall = (method) => {
    if (method === 'chat.postMessage') posts += 1
  }
  // Both are warm when it begins; what the very first alert after a start waits for is told by itself.
  const [first = 0] = (await storm(nox, 1)).times
  await storm(nox, warmUp)
  const seen = await storm(nox, count)
  let last = -1
  for (const end = performance.now() + patienceMs * scale; last !== posts && performance.now() < end; ) {
    last = posts
    await sleep(6_000)
  }
  await nox.stop()
  const stored = await kept(database)

  console.log(
    `\n${count} alerts at ${((alerts / withinMs) * 1000).toFixed(0)}/s through HTTP, each durable before its answer\n`,
  )
  for (const share of [0.5, 0.99]) {
    const [own, other] = [percentile(seen.times, share), percentile(floor.times, share)]
    const ratio = (own / other).toFixed(2)
    console.log(`p${share * 100} of the answer: ${own.toFixed(2)} ms, bare server ${other.toFixed(2)} ms, × ${ratio}`)
  }
  console.log(`the first answer after a start: ${first.toFixed(0)} ms`)
  console.log(
    `lost ${count - stored}, refused ${seen.refused}, Slack messages ${posts}, memory +${seen.grownMb.toFixed(0)} MB`,
  )
  if (stored !== count || seen.refused > 0) process.exitCode = 1
}
