import { pino } from 'pino'
import { ulid } from 'ulid'
import { type Actions, createActions } from '../../src/actions/index.ts'
import type { Services } from '../../src/actions/services.ts'
import { createTenantKnowledge } from '../../src/actions/tenant-knowledge.ts'
import type { Clusters } from '../../src/capabilities/clusters.ts'
import { createInstallationCache } from '../../src/channels/slack/installations.ts'
import { createSlackMessenger } from '../../src/channels/slack/messenger.ts'
import { createPeople } from '../../src/channels/slack/people.ts'
import { createPictures } from '../../src/channels/slack/pictures.ts'
import { botScopes } from '../../src/channels/slack/scopes.ts'
import { createWebApi } from '../../src/channels/slack/web-api/client.ts'
import { commands, findCommand } from '../../src/commands/index.ts'
import { allWords } from '../../src/commands/words/index.ts'
import { plans } from '../../src/domain/plans.ts'
import type { Request } from '../../src/domain/request.ts'
import type { Road } from '../../src/domain/road.ts'
import { createParser, createSayer } from '../../src/language/index.ts'
import { asSenior, defaultMember, defaultZones } from '../../src/permissions/index.ts'
import { aliasProblem } from '../../src/request/arguments/alias-problem.ts'
import { createRoad } from '../../src/request/handle-request.ts'
import { createSlackDouble, type SlackDouble } from '../../src/sandbox/slack/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createTenant } from './actions.ts'

export const team = 'T0SOCIETEX'
export const devops = 'C0DEVOPS'
export const people = { alice: 'U0ALICE', bob: 'U0BOB', carol: 'U0CAROL', dora: 'U0DORA' } as const

export interface RunningRoad {
  readonly road: Road
  readonly actions: Actions
  readonly services: Services
  readonly double: SlackDouble
  /** The workspace's bot token is another one from now on. */
  useToken(botToken: string): Promise<void>
  /** A person writes in #devops; gives the thread. */
  say(userId: string, text: string, over?: Partial<Request>): Promise<string>
  /** Presses a button of an action's message. */
  press(userId: string, actionId: string, act: string, value?: string): Promise<void>
  /** What NOX wrote in a thread, once a text is there. */
  answer(threadTs: string, fits: (text: string) => boolean): Promise<string>
  stop(): Promise<void>
}

const cluster = {
  tenantId: 'T1',
  id: 'c1',
  name: 'prod-eu',
  environments: ['production', 'staging'],
  namespaces: [],
  isDefault: true,
  checkedAt: null,
}
const target = (environment: string) => ({
  environment,
  clusterId: 'c1',
  namespace: environment,
  deployment: 'user-api',
  container: 'app',
})

async function seed(storage: Storage): Promise<void> {
  await createTenant(storage)
  const identity = (id: string, name: string) => ({ tenantId: 'T1', id, slackUserId: id, name })
  await storage.members.create(defaultMember('company', 'admin', identity(people.alice, 'Alice Martin')))
  await storage.members.create(asSenior(defaultMember('company', 'member', identity(people.carol, 'Carol Nguyen'))))
  for (const zone of defaultZones('T1', ulid)) await storage.zones.save(zone)
  await storage.catalogue.saveCluster(cluster, { server: 'https://127.0.0.1:1', token: 'none' })
  for (const name of ['user-api', 'billing']) {
    await storage.catalogue.saveService({
      tenantId: 'T1',
      id: name,
      name,
      aliases: name === 'user-api' ? ['users'] : [],
      targets: [target('staging'), target('production')],
      imageTemplate: 'registry.example/{service}:{tag}',
      defaultBranch: 'main',
    })
  }
}

/** The whole road on real storage and the local Slack, with the clusters that a test gives it. */
export async function startRoad(
  storage: Storage,
  clusters: Clusters,
  limits?: Services['limits'],
): Promise<RunningRoad> {
  await seed(storage)
  const double = createSlackDouble({ signingSecret: 's', clientId: 'c', clientSecret: 'cs', rateLimits: false })
  await double.listen()
  const granted = double.grant(team, people.alice, [...botScopes])
  await storage.installations.save({
    tenantId: 'T1',
    workspaceId: team,
    isOrgWide: false,
    appId: 'A0NOX',
    botToken: granted.token,
    botUserId: granted.botUserId,
    botId: granted.botId,
    scopes: [...botScopes],
    installerUserId: people.alice,
    installedAt: 0,
  })
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const api = createWebApi({ apiUrl: double.apiUrl, timeoutMs: 1_000 })
  const installations = createInstallationCache(storage)
  const messenger = createSlackMessenger({
    lookOf: async () => null,
    api,
    installations,
    pictures: createPictures(api, log),
    timeZoneOf: async () => 'UTC',
    log,
    updateInterval: 50,
  })
  const parser = createParser(allWords)
  const services: Services = {
    storage,
    knowledge: createTenantKnowledge(storage),
    messenger,
    people: createPeople(api, installations),
    clusters,
    connectors: createConnectors([], { allowPrivate: [], now: Date.now }),
    commands,
    findCommand,
    say: createSayer(allWords),
    aliasProblem: (name, text, known) => aliasProblem(parser, name, text, known),
    planOf: () => plans.enterprise,
    peopleDesk: () => {
      throw new Error('nobody is changed here')
    },
    metrics: { actionEnded: () => {} },
    log,
    now: Date.now,
    newId: ulid,
    leaseMs: 30_000,
    ...(limits && { limits }),
  }
  const actions = createActions(services)
  const road = createRoad(services, actions, parser)
  const place = (threadTs: string) => ({ channel: 'slack', conversationId: devops, threadTs, kind: 'channel' }) as const
  const texts = (threadTs: string) =>
    double
      .messages(devops)
      .map((message) => double.apiMessage(message))
      .filter((message) => message.thread_ts === threadTs && message.ts !== threadTs)
      .map((message) => `${JSON.stringify(message.blocks ?? [])} ${String(message.text)}`)

  return {
    async useToken(botToken) {
      for (const each of await storage.installations.listByTenant('T1')) {
        await storage.installations.save({ ...each, botToken })
      }
      installations.drop('T1')
    },
    road,
    actions,
    services,
    double,
    async say(userId, text, over = {}) {
      const { ts } = double.say(team, userId, devops, text)
      const request: Request = {
        tenantId: 'T1',
        userId,
        eventId: ulid(),
        place: place(ts),
        receivedAt: Date.now(),
        input: { kind: 'text', text, botUserId: granted.botUserId },
        ...over,
      }
      await road.handle(request)
      return ts
    },
    async press(userId, actionId, act, value) {
      const action = await storage.ledger.find('T1', actionId)
      const press = { actionId, act, ...(value === undefined ? {} : { value }) } as never
      await road.handle({
        tenantId: 'T1',
        userId,
        eventId: ulid(),
        place: action?.place ?? place('1.1'),
        receivedAt: Date.now(),
        input: { kind: 'press', press, language: 'fr' },
      })
    },
    async answer(threadTs, fits) {
      const end = Date.now() + 5_000
      for (;;) {
        const found = texts(threadTs).find(fits)
        if (found !== undefined) return found
        if (Date.now() > end) throw new Error(`timed out: no such answer; there are:\n${texts(threadTs).join('\n')}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async stop() {
      await actions.runner.stop(1_000)
      await api.close()
      await double.close()
    },
  }
}
