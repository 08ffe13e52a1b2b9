import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ulid } from 'ulid'
import { botScopes } from '../src/channels/slack/scopes.ts'
import type { DatabaseConfig } from '../src/config.ts'
import { defaultMember, defaultZones } from '../src/permissions/index.ts'
import { openStorage } from '../src/storage/open-storage.ts'
import type { Storage } from '../src/storage/types/storage.ts'
import { createVault } from '../src/vault/index.ts'
import { signingSecret, workspace } from './mention.ts'

/** Of every NOX that is measured. */
export const masterKey = randomBytes(32).toString('base64')
const readyWithinMs = 30_000

/** A server under load, in a process of its own. */
export interface Target {
  readonly port: number
  readonly pid: number
  /** From the start of the process to its first answer (ms). */
  readonly readyMs: number
  /** Processor time that it has used so far, of all its threads (ms). */
  cpuMs(): number
  /** How its process ended; `null` = it lives. */
  ended(): number | string | null
  /** Its memory in use now (MB, resident). */
  residentMb(): number
  stop(): Promise<void>
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}

const answers = (port: number, path: string) =>
  new Promise<boolean>((resolve) => {
    const request = get({ port, path, host: '127.0.0.1', agent: false }, (response) => {
      response.resume()
      resolve(true)
    })
    request.on('error', () => resolve(false))
  })

async function start(
  script: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Target> {
  const port = await freePort()
  const from = performance.now()
  const child: ChildProcess = spawn(process.execPath, [...flags, join(import.meta.dirname, script)], {
    env: {
      PATH: process.env.PATH ?? '',
      ...(process.env.BENCH_NODE_OPTIONS ? { NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS } : {}),
      NODE_ENV: 'production',
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', process.env.BENCH_LOG ? 'inherit' : 'ignore', 'inherit'],
  })
  while (!(await answers(port, '/readyz'))) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`)
    if (performance.now() - from > readyWithinMs) throw new Error(`${script} was not ready in time`)
    await sleep(3)
  }
  return {
    port,
    pid: child.pid ?? 0,
    readyMs: performance.now() - from,
    cpuMs: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      // utime and stime, in ticks of 10 ms (proc(5)).
      return (Number(fields[11]) + Number(fields[12])) * 10
    },
    ended: () => child.exitCode ?? child.signalCode,
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** An app of Bolt that echoes, without storage. */
export const startBareBolt = (apiUrl: string): Promise<Target> => start('bare-bolt.ts', { SLACK_API_URL: apiUrl })

/** The least that answers a mention: one server, one post, nothing kept. */
export const startRawHttp = (apiUrl: string): Promise<Target> => start('raw-http.ts', { SLACK_API_URL: apiUrl })

/** Hubot with an adapter for Slack's Events API, without a brain that is kept. */
export const startHubot = (apiUrl: string): Promise<Target> =>
  start('hubot.ts', { SLACK_API_URL: apiUrl, HUBOT_LOG_LEVEL: 'error' })

/** A server that reads and answers, and does nothing else. */
export const startBareServer = (): Promise<Target> => start('bare-server.ts', {})

/** The tenant of the workspace that mentions come from. */
export const benchTenant = '01BENCH0000000000000000000'

/**
 * NOX as `npm start` runs it, on a database with one tenant in it.
 * @param more what a caller puts into the database besides, once
 * @param settings variables of the environment besides
 */
export async function startNox(
  database: DatabaseConfig,
  apiUrl: string,
  more: (storage: Storage) => Promise<void> = async () => {},
  settings: Readonly<Record<string, string>> = {},
): Promise<Target> {
  await seed(database, more)
  const env = {
    ...('url' in database ? { DATABASE_URL: database.url } : { DATABASE_PATH: database.path }),
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://127.0.0.1',
    NOX_MASTER_KEY: masterKey,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'bench',
    SLACK_API_URL: apiUrl,
    ...settings,
  }
  return start('../src/entry.mjs', env, startFlags())
}

/** What `npm start` gives to node. */
function startFlags(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}

/** Migrates a database and puts one tenant into it: a workspace, an admin and the first zones. Once. */
export async function seed(
  database: DatabaseConfig,
  more: (storage: Storage) => Promise<void> = async () => {},
): Promise<void> {
  const storage = await openStorage(database, createVault([masterKey]))
  const tenantId = benchTenant
  const tenant = { id: tenantId, kind: 'company', name: 'Bench', plan: 'enterprise', language: 'en' } as const
  if (await storage.installations.find(workspace.team)) return storage.close()
  await storage.tenants.create({ ...tenant, timeZone: 'Europe/Paris' }, Date.now())
  // As a tenant that NOX has looked at: what settles a new one is not what is measured.
  await storage.tenants.update(tenantId, { settledPlan: tenant.plan })
  const identity = { tenantId, id: 'M1', slackUserId: workspace.user, name: 'Alice' }
  await storage.members.create({ ...defaultMember('company', 'admin', identity), maxActionsPerDay: 10_000_000 })
  for (const zone of defaultZones(tenantId, ulid)) await storage.zones.save(zone)
  await storage.installations.save({
    tenantId,
    workspaceId: workspace.team,
    isOrgWide: false,
    appId: workspace.app,
    botToken: 'xoxb-bench',
    botUserId: workspace.bot,
    botId: 'B0BOT',
    scopes: [...botScopes],
    installerUserId: workspace.user,
    installedAt: Date.now(),
  })
  await more(storage)
  await storage.close()
}
