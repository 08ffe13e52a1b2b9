import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { usageOf } from '../actions/context.ts'
import { describeAction } from '../actions/frames.ts'
import { type Actions, createActions } from '../actions/index.ts'
import { requestsFor } from '../actions/requests.ts'
import type { Services } from '../actions/services.ts'
import { createTenantKnowledge } from '../actions/tenant-knowledge.ts'
import type { TurnLimits } from '../actions/turns.ts'
import { createSlackApp } from '../channels/slack/app.ts'
import type { SlackChannel } from '../channels/slack/channel.ts'
import { createInstalls, lookPath, roomsPath } from '../channels/slack/install/index.ts'
import { createInstallationCache } from '../channels/slack/installations.ts'
import { invitationPath, isInvitationPath } from '../channels/slack/invitations/paths.ts'
import { createSlackMessenger } from '../channels/slack/messenger.ts'
import { createPeople } from '../channels/slack/people.ts'
import { createPictures } from '../channels/slack/pictures.ts'
import { createHttpEntrance, eventsPath } from '../channels/slack/receive-http.ts'
import { createUserGroups } from '../channels/slack/user-groups.ts'
import { createWebApi } from '../channels/slack/web-api/client.ts'
import { commands, findCommand } from '../commands/index.ts'
import { allWords } from '../commands/words/index.ts'
import type { DatabaseConfig, PlanName, SlackCredentials, SmtpConfig, StripeConfig } from '../config.ts'
import { newId } from '../domain/new-id.ts'
import { dayMs, planAt, plans, trialDays, trialPlan } from '../domain/plans.ts'
import type { Road } from '../domain/road.ts'
import { repeat } from '../duties/repeat.ts'
import { createMailer } from '../email/index.ts'
import { alertmanager } from '../integrations/alertmanager/index.ts'
import { confluence } from '../integrations/confluence/index.ts'
import { datadog } from '../integrations/datadog/index.ts'
import { github } from '../integrations/github/index.ts'
import { grafana } from '../integrations/grafana/index.ts'
import { jira } from '../integrations/jira/index.ts'
import { notion } from '../integrations/notion/index.ts'
import { teams } from '../integrations/teams/index.ts'
import { createSayer } from '../language/say-order.ts'
import { createConnectionHealth } from '../request/administration/connection-health.ts'
import { createAdministration } from '../request/administration/index.ts'
import { createVendorAdministration } from '../request/administration/vendors.ts'
import { aliasProblem } from '../request/alias-problem.ts'
import { createBillingDesk } from '../request/billing/index.ts'
import { hasLook } from '../request/billing/may-look.ts'
import { createGovernance, type Governance } from '../request/governance/index.ts'
import { peopleByWords } from '../request/governance/people-by-words.ts'
import { createRoad } from '../request/handle-request.ts'
import { incidentDuty } from '../request/incidents/ask-updates.ts'
import { createHookReceiver } from '../request/receive-hook.ts'
import { scheduleDuty } from '../request/schedules/duty.ts'
import { suggestPrompts } from '../request/suggest-prompts.ts'
import type { Storage } from '../storage/types/storage.ts'
import { alertHookPath, createAlertRoutes } from '../web/alert-hooks.ts'
import { createHookRoutes, hookPath } from '../web/hooks.ts'
import { createPaymentRoutes, paymentReturnPath } from '../web/payments.ts'
import type { Route } from '../web/server.ts'
import { createConnectors } from './create-connectors.ts'
import { type Foundation, layFoundation } from './foundation.ts'
import { lazyAlertAdministration, lazyAlerts } from './lazy-alerts.ts'
import { lazyCharts } from './lazy-charts.ts'
import { lazyClusters } from './lazy-clusters.ts'
import { lazyParser } from './lazy-parser.ts'
import { lazyPayments } from './lazy-payments.ts'
import { startAlerts } from './start-alerts.ts'
import { startPlans } from './start-plans.ts'
import { startRecords } from './start-records.ts'
import { startUpkeep } from './start-upkeep.ts'
import { startWatches } from './start-watches.ts'

export interface NoxConfig {
  readonly database: DatabaseConfig
  /** Where old audit records go; absent = they stay in the database. */
  readonly archivePath?: string
  readonly masterKeys: readonly string[]
  readonly allowPrivate: readonly string[]
  /** Slack workspaces that may use the cluster that NOX runs in; absent = none. */
  readonly inCluster?: readonly string[]
  /** How patient NOX is with what it watches and how often it shows it; absent = as real clusters and Slack want it. */
  readonly pace?: {
    readonly watch?: ClusterOptions['watchTimes']
    readonly follow?: ClusterOptions['followTimes']
    /** Clusters to watch are looked for so often (ms). */
    readonly lookEvery?: number
    /** Between two updates of a message (ms). */
    readonly showEvery?: number
  }
  readonly language: 'fr' | 'en'
  readonly plan: PlanName
  /** Absent = NOX is not sold here, and the plan above holds for everybody. */
  readonly stripe?: StripeConfig
  /** Absent = NOX sends no e-mail. */
  readonly smtp?: SmtpConfig
  /** The e-mail address that customers write to. */
  readonly contact?: string
  /** How often plans are looked at (ms); absent = every minute. */
  readonly plansEvery?: number
  readonly publicUrl: string
  /** How many orders this process runs at a time; absent = as many as usual. */
  readonly limits?: TurnLimits
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

type ClusterOptions = Parameters<typeof import('../integrations/kubernetes/index.ts').createClusters>[0]
const kubernetes = () => import('../integrations/kubernetes/index.ts')

/** How long a runner may be silent before another takes its action (ms): that one has it 3 s later at most. */
const leaseMs = 9_000

/** How often invitations and user groups are looked at (ms). */
const upkeepEvery = 10 * 60_000

/** Wires all parts, on a foundation that is laid already, or on one of its own. @throws NoxError where the database can't be opened */
export async function createNox(
  config: NoxConfig,
  log: Logger,
  now: () => number = Date.now,
  laid?: Foundation,
): Promise<Nox> {
  const foundation = laid ?? (await layFoundation(config, now))
  const { storage, metrics } = foundation
  const knowledge = createTenantKnowledge(storage, now)
  const installations = createInstallationCache(storage, now)
  const apiUrl = config.socket?.apiUrl ?? config.slack?.apiUrl ?? 'https://slack.com/api/'
  const api = createWebApi({ apiUrl, onCall: (...call) => metrics.callMade(...call) })
  const people = createPeople(api, installations, now)
  const pictures = createPictures(api, log)
  const lookOf = async (tenantId: string) => {
    const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
    return tenant.look && hasLook(services.planOf(tenant)) ? tenant.look : null
  }
  const messenger = createSlackMessenger({
    api,
    installations,
    pictures,
    ...(config.pace?.showEvery && { updateInterval: config.pace.showEvery }),
    lookOf,
    nameOf: people.nameOf,
    roomsUrl: config.slack?.clientId ? `${config.publicUrl}${roomsPath}` : null,
    timeZoneOf: async (tenantId) => (await knowledge.snapshot(tenantId)).knowledge.tenant.timeZone,
    log,
  })
  const clusters = lazyClusters(async () => {
    const [{ createClusters }, { createEgress }] = await Promise.all([kubernetes(), import('../egress/index.ts')])
    const egress = createEgress({ allowPrivate: config.allowPrivate })
    const own = {
      server: 'https://kubernetes.default.svc',
      folder: '/var/run/secrets/kubernetes.io/serviceaccount',
      egress: createEgress({ allowPrivate: ['kubernetes.default.svc'] }),
      async mayUse(tenantId: string) {
        const installation = await installations.ofTenant(tenantId)
        return installation !== null && (config.inCluster ?? []).includes(installation.workspaceId)
      },
    }
    const { watch: watchTimes, follow: followTimes } = config.pace ?? {}
    return createClusters({ egress, own, now, ...(watchTimes && { watchTimes }), ...(followTimes && { followTimes }) })
  })
  const connectors = createConnectors([github, jira, notion, confluence, grafana, datadog, alertmanager, teams], {
    allowPrivate: config.allowPrivate,
    now,
    onSeen: (...about) => health.seen(...about),
  })
  const parser = lazyParser(allWords)
  const billing = config.stripe && lazyPayments(config.stripe, now)
  const userGroups = createUserGroups(api, installations, people)
  const services: Services = {
    storage,
    knowledge,
    messenger,
    people,
    clusters,
    connectors,
    commands,
    findCommand,
    say: createSayer(allWords),
    aliasProblem: (name, text, known) => aliasProblem(parser, name, text, known),
    planOf: (tenant) => (billing ? planAt(tenant, now()) : plans[config.plan]),
    ...(billing ? { billing } : {}),
    ...(config.smtp ? { mailer: createMailer(config.smtp) } : {}),
    charts: lazyCharts,
    peopleDesk: (tenantId, userId) => peopleByWords(services, governance, userGroups.belongs, tenantId, userId),
    metrics,
    log,
    now,
    newId,
    leaseMs,
    ...(config.limits && { limits: config.limits }),
  }
  const health = createConnectionHealth(services)
  const actions = createActions(services)
  const road = createRoad(services, actions, parser)
  const governance: Governance = createGovernance(
    services,
    userGroups,
    config.slack?.clientId
      ? (tenantId, token) => `${config.publicUrl}${invitationPath}${tenantId}/${token}`
      : undefined,
  )
  const channel: SlackChannel = {
    road,
    storage,
    knowledge,
    api,
    installations,
    messenger,
    pictures,
    people,
    administration: createAdministration(services, async (source) => (await kubernetes()).readKubeconfig(source)),
    vendors: createVendorAdministration(services, (...about) => `${config.publicUrl}${hookPath(...about)}`),
    alerts: lazyAlertAdministration(services, (...about) => `${config.publicUrl}${alertHookPath(...about)}`),
    governance,
    billing: createBillingDesk(services, governance.guard, {
      returnUrl: `${config.publicUrl}${paymentReturnPath}`,
      contact: config.contact ?? null,
    }),
    look: async () =>
      (await import('../request/billing/look.ts')).createLookDesk(services, governance.guard, people.everybody),
    lookOf,
    lookUrl: config.slack?.clientId ? `${config.publicUrl}${lookPath}` : null,
    toDecide: (tenantId, member, limit) => requestsFor(services, tenantId, member, limit),
    usageOf: async (tenantId, member) => {
      const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
      return (await usageOf(services, tenant, member)).day
    },
    suggestPrompts: (tenantId, userId, language) => suggestPrompts(services, tenantId, userId, language),
    describe: (snapshot, action) => describeAction(services, snapshot.knowledge, action),
    log,
    now,
  }
  const onReceived = metrics.eventReceived
  let alertRunner: ReturnType<typeof startAlerts> | undefined
  const alerts = lazyAlerts(services, () => alertRunner?.wake())
  const routes: Route[] = [
    foundation.health,
    createHookRoutes(createHookReceiver(services), log),
    createAlertRoutes(alerts.door, log),
  ]
  if (billing) {
    const receive = async (body: string, signature: string | undefined) => {
      const { receivePaymentEvent } = await import('../request/billing/receive-payment-event.ts')
      return receivePaymentEvent(services, billing, body, signature)
    }
    routes.push(createPaymentRoutes(receive, log))
  }
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
    const begins = () =>
      billing ? { plan: trialPlan, planUntil: now() + trialDays * dayMs } : { plan: config.plan, planUntil: null }
    const defaults = { language: config.language, timeZone: 'Europe/Paris', begins }
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
    const { byMail } = governance
    let pages: Promise<{ handle(path: string, request: IncomingMessage, response: ServerResponse): void }> | undefined
    routes.push((path, request, response) => {
      if (!byMail || request.method !== 'GET' || !isInvitationPath(path)) return false
      pages ??= import('../channels/slack/invitations/index.ts').then(({ createInvitationPages }) =>
        createInvitationPages({
          clientId,
          clientSecret,
          publicUrl: config.publicUrl,
          signInUrl: authorizeUrl.replace('/oauth/v2/authorize', '/openid/connect/authorize'),
          states: storage.oauthStates,
          invitations: byMail,
          channel,
        }),
      )
      pages
        .then((loaded) => loaded.handle(path, request, response))
        .catch((error: unknown) => {
          log.error({ err: error }, 'the pages of invitations could not be loaded')
          response.writeHead(503).end()
        })
      return true
    })
  }
  let closeSocket: (() => Promise<void>) | undefined
  let stopDuties: readonly (() => Promise<void>)[] = []
  let planLooks: { stop(): Promise<void> } | undefined
  let recordLooks: { stop(): Promise<void> } | undefined
  let watches: ReturnType<typeof startWatches> | undefined
  let upkeep: { stop(): Promise<void> } | undefined

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
      const duties = [scheduleDuty(services, actions), incidentDuty(services)]
      stopDuties = duties.map((duty) => repeat(duty, log))
      closeSocket = await openSocket?.()
      // The first order need not wait for what a start does not need.
      setImmediate(() => parser.parse('help'))
      watches = startWatches(services, alerts.intake, config.pace)
      alertRunner = startAlerts(services)
      planLooks = startPlans(services, config.plansEvery)
      const { byMail, follower } = governance
      upkeep = startUpkeep(services, [
        { name: 'user groups', everyMs: upkeepEvery, look: (signal) => follower.followAll(signal) },
        ...(byMail
          ? [{ name: 'invitations', everyMs: upkeepEvery, look: (signal: AbortSignal) => byMail.expire(signal) }]
          : []),
      ])
      recordLooks = startRecords(services, config.archivePath)
    },
    async stop(patienceMs) {
      foundation.stopping()
      await closeSocket?.()
      await Promise.all([
        actions.recovery.stop(),
        watches?.stop(),
        planLooks?.stop(),
        upkeep?.stop(),
        recordLooks?.stop(),
        ...stopDuties.map((stop) => stop()),
        alertRunner?.stop(),
      ])
      await actions.runner.stop(patienceMs)
      await health.settled()
      await Promise.all([api.close(), clusters.close(), connectors.close()])
      await storage.close()
    },
  }
}
