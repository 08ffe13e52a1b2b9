import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { botScopes } from '../../src/channels/slack/scopes.ts'
import type { Action } from '../../src/domain/action.ts'
import { defaultMember, defaultZones } from '../../src/permissions/index.ts'
import { type ClusterDouble, createClusterDouble } from '../../src/sandbox/cluster/index.ts'
import { createSlackDouble, type SlackDouble } from '../../src/sandbox/slack/index.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from './actions.ts'
import { adminToken } from './cluster.ts'
import { compileCache } from './compile-cache.ts'
import { testKey } from './each-database.ts'
import { type FreshPostgres, freshPostgres } from './fresh-postgres.ts'

/** A tenant of the fleet: a workspace with one person, one channel and one service, all named by its number. */
export interface FleetTenant {
  readonly id: string
  readonly team: string
  readonly user: string
  readonly channel: string
  readonly service: string
}

export interface Replica {
  readonly port: number
  /** No more requests go to it, or they do again; it lives on. */
  serve(does: boolean): void
  /** Ends it, and resolves when it is gone: SIGKILL without a warning, SIGTERM as an upgrade does. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Processes of NOX behind one address, on one real Postgres, with many tenants. */
export interface Fleet {
  readonly tenants: readonly FleetTenant[]
  readonly slack: SlackDouble
  readonly cluster: ClusterDouble
  readonly storage: Storage
  readonly replicas: readonly Replica[]
  start(): Promise<Replica>
  /** An order of a tenant's person; resolves with its thread once NOX has acknowledged it, sent again as Slack does. */
  order(tenant: FleetTenant, text: string): Promise<string>
  /** All actions, of all tenants. */
  actions(): Promise<readonly Action[]>
  stop(): Promise<void>
}

const tenantOf = (n: number): FleetTenant => {
  const key = String(n).padStart(3, '0')
  return { id: `T${key}`, team: `T0F${key}`, user: `U0F${key}`, channel: `C0F${key}`, service: `svc-${key}` }
}

const workspaceOf = ({ id, team, user, channel }: FleetTenant) => ({
  ...{ id: team, name: `Société ${id}`, domain: team.toLowerCase(), kind: 'company' as const, icon: 'S' },
  botUserId: 'U0NOXFLEET',
  people: [
    {
      ...{ id: user, name: 'alice', realName: 'Alice', title: 'admin', color: '#000000', isAdmin: true },
      email: `alice@${id.toLowerCase()}.example`,
    },
  ],
  channels: [{ id: channel, name: 'devops', topic: '', invitesApp: true }],
})

async function seed(storage: Storage, slack: SlackDouble, tenant: FleetTenant, server: string): Promise<void> {
  const { id: tenantId, team, user, service } = tenant
  await createTenant(storage, tenantId)
  const identity = { tenantId, id: `M${tenantId}`, slackUserId: user, name: 'Alice' }
  await storage.members.create({ ...defaultMember('company', 'admin', identity), maxActionsPerDay: 100_000 })
  for (const zone of defaultZones(tenantId, ulid)) await storage.zones.save(zone)
  const cluster = { tenantId, id: 'c1', name: 'dev-1', environments: ['staging'], namespaces: ['staging'] }
  await storage.catalogue.saveCluster({ ...cluster, isDefault: true, checkedAt: null }, { server, token: adminToken })
  await storage.catalogue.saveService({
    ...{ tenantId, id: service, name: service, aliases: [], defaultBranch: 'main' },
    targets: [
      { environment: 'staging', clusterId: 'c1', namespace: 'staging', deployment: service, container: service },
    ],
    imageTemplate: 'registry.example/{service}:{tag}',
  })
  const granted = slack.grant(team, user, [...botScopes])
  await storage.installations.save({
    ...{ tenantId, workspaceId: team, isOrgWide: false, appId: 'A0NOX', botToken: granted.token },
    ...{ botUserId: granted.botUserId, botId: granted.botId, scopes: [...botScopes] },
    ...{ installerUserId: user, installedAt: 0 },
  })
}

/** One address before all replicas, which come and go; each connection goes to the next. */
async function startAddress(ports: () => readonly number[]) {
  let turn = 0
  const server = createServer((near) => {
    const open = ports()
    turn += 1
    const port = open[turn % Math.max(1, open.length)]
    if (port === undefined) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => {})
      socket.once('close', () => other.destroy())
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** NOX in a process of its own, once it listens. */
async function startProcess(
  database: FreshPostgres,
  slack: SlackDouble,
  socket: { readonly appToken: string } | undefined,
): Promise<Pick<Replica, 'port' | 'end'>> {
  const victim = { database: { url: database.url }, masterKey: testKey, slackUrl: slack.url, ...socket }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'victim.ts')], {
    env: { ...process.env, ...compileCache, VICTIM: JSON.stringify(victim) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', (text: Buffer) => resolve(Number(text.toString())))
    child.once('exit', (code) => reject(new Error(`NOX ended with ${code} before it listened`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return { port, end }
}

/**
 * @param options.speed how much faster than a real one the cluster lives
 * @param options.socket Socket Mode in place of HTTP
 */
export async function startFleet(options: {
  readonly tenants: number
  readonly speed: number
  readonly socket?: boolean
}): Promise<Fleet> {
  const socket = options.socket ? { appToken: 'xapp-1-A0NOX-1-fleet' } : undefined
  const tenants = Array.from({ length: options.tenants }, (_, n) => tenantOf(n))
  const database = await freshPostgres()
  const cluster = createClusterDouble({
    speed: options.speed,
    accounts: [{ name: 'nox', token: adminToken }],
    seed: {
      nodes: ['node-1', 'node-2'],
      namespaces: ['staging'],
      cronJobs: [],
      hasImage: () => true,
      deployments: tenants.map(({ service: name }) => ({
        ...{ namespace: 'staging', name, image: `registry.example/${name}:v1`, replicas: 2 },
        before: [],
      })),
    },
  })
  const { url: server } = await cluster.listen()
  const workspaces = tenants.map(workspaceOf)
  const keys = { signingSecret: 's', clientId: 'c', clientSecret: 'cs' }
  const slack = createSlackDouble({ ...keys, ...socket, workspaces, rateLimits: false })
  await slack.listen()
  const storage = await openStorage({ url: database.url }, createVault([testKey]))
  for (const tenant of tenants) await seed(storage, slack, tenant, server)
  const alive: Replica[] = []
  const serving = new Set<Replica>()
  const address = await startAddress(() => [...serving].map(({ port }) => port))
  slack.setNoxUrl(address.url)
  let orders = 0

  return {
    tenants,
    slack,
    cluster,
    storage,
    replicas: alive,
    async start() {
      const started = await startProcess(database, slack, socket)
      const replica: Replica = {
        port: started.port,
        serve(does) {
          if (does) serving.add(replica)
          else serving.delete(replica)
        },
        async end(signal) {
          serving.delete(replica)
          if (alive.includes(replica)) alive.splice(alive.indexOf(replica), 1)
          await started.end(signal)
        },
      }
      alive.push(replica)
      serving.add(replica)
      return replica
    },
    async order({ team, user, channel }, text) {
      orders += 1
      const { ts } = slack.say(team, user, channel, `ordre ${orders}`)
      const event = { type: 'app_mention', user, text: `<@U0NOXFLEET> ${text}`, ts, channel }
      for (let tries = 0; tries < 250; tries += 1) {
        const { status } = await slack.emit(team, event, { eventId: `Ev${team}${ts}` })
        if (status === 200) return ts
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error('nobody took an order')
    },
    async actions() {
      const all = await Promise.all(tenants.map(({ id }) => storage.ledger.list(id, { limit: 1_000 })))
      return all.flat()
    },
    async stop() {
      await Promise.all([...alive].map((replica) => replica.end('SIGKILL')))
      address.close()
      await storage.close()
      await slack.close()
      await cluster.close()
      await database.drop()
    },
  }
}
