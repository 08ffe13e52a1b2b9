import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { approvers } from '../actions/ask.ts'
import { usageOf } from '../actions/context.ts'
import { describeAction } from '../actions/frames.ts'
import { type Actions, createActions } from '../actions/index.ts'
import type { Services } from '../actions/services.ts'
import { createTenantKnowledge } from '../actions/tenant-knowledge.ts'
import { createSlackApp } from '../channels/slack/app.ts'
import type { SlackChannel } from '../channels/slack/channel.ts'
import { createInstalls } from '../channels/slack/install/index.ts'
import { createInstallationCache } from '../channels/slack/installations.ts'
import { createSlackMessenger } from '../channels/slack/messenger.ts'
import { createPeople } from '../channels/slack/people.ts'
import { createHttpEntrance, eventsPath } from '../channels/slack/receive-http.ts'
import { createWebApi } from '../channels/slack/web-api/client.ts'
import { commands, findCommand } from '../commands/index.ts'
import { allWords } from '../commands/words/index.ts'
import type { DatabaseConfig, SlackCredentials } from '../config.ts'
import { newId } from '../domain/new-id.ts'
import type { Road } from '../domain/road.ts'
import { createParser, createSayer } from '../language/index.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createAdministration } from '../request/administration/index.ts'
import { createRoad } from '../request/handle-request.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/types.ts'
import { createVault } from '../vault/index.ts'
import { createHealthRoutes } from '../web/health.ts'
import type { Route } from '../web/server.ts'
import { lazyClusters } from './lazy-clusters.ts'
import { lazyParser } from './lazy-parser.ts'

export interface NoxConfig {
  readonly database: DatabaseConfig
  readonly masterKeys: readonly string[]
  readonly allowPrivate: readonly string[]
  readonly language: 'fr' | 'en'
  readonly plan: string
  readonly publicUrl: string
  readonly metricsToken: string | undefined
  /** Absent = one workspace over a socket, without installs. */
  readonly slack: SlackCredentials | undefined
  /** Socket Mode in place of HTTP. */
  readonly socket?: { readonly appToken: string; readonly apiUrl: string; readonly botToken: string | undefined }
}

/** Everything of NOX but the server that it is mounted into. */
export interface Nox {
  readonly routes: readonly Route[]
  readonly storage: Storage
  readonly services: Services
  readonly actions: Actions
  readonly road: Road
  readonly channel: SlackChannel
  /** Takes up what a restart left behind, and opens the socket where there is one. */
  start(): Promise<void>
  /** Stops taking requests as ready; what runs gets so long to end, and is handed back then. */
  stop(patienceMs: number): Promise<void>
}

const kubernetes = () => import('../integrations/kubernetes/index.ts')

/** How long a runner may be silent before another takes its action (ms). */
const leaseMs = 30_000

/** Wires all parts. @throws NoxError where the database can't be opened */
export async function createNox(config: NoxConfig, log: Logger, now: () => number = Date.now): Promise<Nox> {
  const storage = await openStorage(config.database, createVault(config.masterKeys), now)
  const metrics = createMetrics({ countOpen: () => storage.ledger.countOpen() })
  const knowledge = createTenantKnowledge(storage, now)
  const installations = createInstallationCache(storage, now)
  const apiUrl = config.socket?.apiUrl ?? config.slack?.apiUrl ?? 'https://slack.com/api/'
  const api = createWebApi({ apiUrl, onCall: (...call) => metrics.callMade(...call) })
  const people = createPeople(api, installations, now)
  const messenger = createSlackMessenger({
    api,
    installations,
    timeZoneOf: async (tenantId) => (await knowledge.snapshot(tenantId)).knowledge.tenant.timeZone,
    log,
  })
  const clusters = lazyClusters(async () => {
    const [{ createClusters }, { createEgress }] = await Promise.all([kubernetes(), import('../egress/index.ts')])
    return createClusters({ egress: createEgress({ allowPrivate: config.allowPrivate }), now })
  })
  const services: Services = {
    storage,
    knowledge,
    messenger,
    people,
    clusters,
    commands,
    findCommand,
    say: createSayer(allWords),
    monthLimit: () => null,
    metrics,
    log,
    now,
    newId,
    leaseMs,
  }
  const actions = createActions(services)
  const parser = lazyParser(() => createParser(allWords))
  const road = createRoad(services, actions, parser)
  const channel: SlackChannel = {
    road,
    storage,
    knowledge,
    api,
    installations,
    messenger,
    people,
    administration: createAdministration(services, async (source) => (await kubernetes()).readKubeconfig(source)),
    toDecide: (tenantId, member, limit) => requestsFor(services, tenantId, member.id, limit),
    usageOf: async (tenantId, member) => {
      const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
      return (await usageOf(services, tenant, member)).day
    },
    describe: (snapshot, action) => describeAction(services, snapshot.knowledge, action),
    log,
    now,
  }
  const onReceived = metrics.eventReceived
  let isStopping = false
  const routes: Route[] = [
    createHealthRoutes({
      ready: async () => {
        if (isStopping) throw new Error('NOX is stopping')
        await storage.ping()
      },
      metrics,
      metricsToken: config.metricsToken,
    }),
  ]
  let openSocket: (() => Promise<() => Promise<void>>) | undefined
  if (config.socket) {
    const { appToken } = config.socket
    openSocket = async () => {
      const { SocketEntrance } = await import('../channels/slack/receive-socket.ts')
      const entrance = new SocketEntrance({ appToken, apiUrl, log, onReceived })
      createSlackApp(channel, entrance, apiUrl)
      await entrance.start()
      return () => entrance.stop()
    }
  } else if (config.slack) {
    const { signingSecret } = config.slack
    const entrance = createHttpEntrance({ signingSecret, log, onReceived })
    createSlackApp(channel, entrance.receiver, apiUrl)
    routes.push((path, request: IncomingMessage, response: ServerResponse) => {
      if (path !== eventsPath || request.method !== 'POST') return false
      entrance.receive(request, response)
      return true
    })
  }
  if (config.slack?.clientId) {
    const { clientId, clientSecret, authorizeUrl } = config.slack
    const defaults = { plan: config.plan, language: config.language, timeZone: 'Europe/Paris' }
    const oauth = { clientId, clientSecret, apiUrl, authorizeUrl, publicUrl: config.publicUrl }
    const installs = createInstalls({
      ...oauth,
      storage,
      installations,
      knowledge,
      defaults,
      messenger,
      people,
      log,
      now,
    })
    routes.push((path, request, response) => installs.handle(path, request, response))
  }
  let closeSocket: (() => Promise<void>) | undefined

  return {
    routes,
    storage,
    services,
    actions,
    road,
    channel,
    async start() {
      // One process owns a SQLite file: what runs there was left behind. On Postgres leases tell.
      await actions.recovery.look({ all: storage.dialect === 'sqlite' })
      actions.recovery.start()
      closeSocket = await openSocket?.()
      // The first order need not wait for what a start does not need.
      setImmediate(() => parser.parse('help'))
    },
    async stop(patienceMs) {
      isStopping = true
      await closeSocket?.()
      await actions.recovery.stop()
      await actions.runner.stop(patienceMs)
      await Promise.all([api.close(), clusters.close()])
      await storage.close()
    },
  }
}

/** Requests that wait for a member's decision, newest first. */
async function requestsFor(services: Services, tenantId: string, memberId: string, limit: number) {
  const snapshot = await services.knowledge.snapshot(tenantId)
  const waiting = await services.storage.ledger.list(tenantId, { states: ['waiting'], limit: 100 })
  const mine = []
  for (const action of waiting) {
    if (action.waitingFor !== 'approval') continue
    const may = await approvers(services, action, snapshot)
    if (may.some((each) => each.id === memberId)) mine.push(action)
    if (mine.length >= limit) break
  }
  return mine
}
