import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { botEvents } from '../channels/slack/scopes.ts'
import type { Config } from '../config.ts'
import { copyLog } from '../observability/log.ts'
import { type AlertSender, createAlertmanagerDouble } from '../sandbox/alertmanager/index.ts'
import { type ClusterDouble, createClusterDouble } from '../sandbox/cluster/index.ts'
import { type ConfluenceDouble, createConfluenceDouble } from '../sandbox/confluence/index.ts'
import { createDatadogDouble, type DatadogDouble } from '../sandbox/datadog/index.ts'
import { createGithubDouble, type GithubDouble } from '../sandbox/github/index.ts'
import { createGrafanaDouble, type GrafanaDouble } from '../sandbox/grafana/index.ts'
import type { HttpDouble } from '../sandbox/http-double.ts'
import { createJiraDouble, type JiraDouble } from '../sandbox/jira/index.ts'
import { createMailDouble, type MailDouble } from '../sandbox/mail/index.ts'
import { createNotionDouble, type NotionDouble } from '../sandbox/notion/index.ts'
import { createPage } from '../sandbox/page/index.ts'
import { type SeededEstate, seededEstates } from '../sandbox/seed-clusters.ts'
import { alertmanagerSeed, datadogSeed } from '../sandbox/seed-datadog.ts'
import { githubPeople, githubSeed, githubToken } from '../sandbox/seed-github.ts'
import { grafanaSeed } from '../sandbox/seed-grafana.ts'
import { jiraAccess, jiraProject, jiraSeed } from '../sandbox/seed-jira.ts'
import { confluenceReports, confluenceSeed, notionReports, notionSeed, teamsSeed } from '../sandbox/seed-pages.ts'
import { createSlackDouble, type SlackDouble } from '../sandbox/slack/index.ts'
import { createStripeDouble, plantShop, plantSubscription, type StripeDouble } from '../sandbox/stripe/index.ts'
import { createTeamsDouble, type TeamsDouble } from '../sandbox/teams/index.ts'
import { seededWorkspaces, type WorkspaceSeed } from '../sandbox/workspaces.ts'
import type { Route } from '../web/server.ts'
import { createNox, type Nox } from './create-nox.ts'
import { seedAlerts } from './seed-alerts.ts'
import { type SeededVendor, seedTenant } from './seed-tenant.ts'
import { serve } from './serve.ts'
import type { Running } from './start-workspaces.ts'
import { traceOutgoing } from './trace-outgoing.ts'
import { createRequestTracing } from './trace-requests.ts'

/** Keys that open nothing: everything that they guard is simulated. */
const credentials = {
  signingSecret: 'sandbox-signing-secret',
  clientId: '1000.2000',
  clientSecret: 'sandbox-client-secret',
}

export interface Sandbox extends Running {
  readonly nox: Nox
  readonly slack: SlackDouble
  readonly clusters: ReadonlyMap<string, ClusterDouble>
  readonly github: GithubDouble
  readonly jira: JiraDouble
  readonly notion: NotionDouble
  readonly confluence: ConfluenceDouble
  readonly grafana: GrafanaDouble
  readonly datadog: DatadogDouble
  readonly alertmanager: HttpDouble
  readonly teams: TeamsDouble
  readonly stripe: StripeDouble
  readonly mail: MailDouble
}

const stripeAccess = { secretKey: 'sk_test_sandbox', webhookSecret: 'whsec_sandbox' }

/** Where the simulated vendors stand in the server. */
const githubPath = '/sandbox/github'
const jiraPath = '/sandbox/jira'
const notionPath = '/sandbox/notion'
const confluencePath = '/sandbox/confluence'
const grafanaPath = '/sandbox/grafana'
const datadogPath = '/sandbox/datadog'
const alertmanagerPath = '/sandbox/alertmanager'
const teamsPath = '/sandbox/teams'

/** Where a simulated cluster stands in the server. */
const basePath = (teamId: string, name: string) => `/sandbox/clusters/${teamId}/${name}`

/**
 * A workspace to try NOX in without any account: Slack and clusters are simulated in this process, NOX is real and
 * speaks to them over HTTP. It starts afresh each time.
 * @param options.speed simulated seconds in a real one, for clusters
 * @param options.alerts whether alerts of the simulated Alertmanager have an address and a route from the start
 * @param options.now the clock of NOX and of the simulated Stripe (ms)
 */
export async function startSandbox(
  config: Extract<Config, { mode: 'sandbox' }>,
  log: Logger,
  options: {
    readonly speed?: number
    readonly rateLimits?: boolean
    readonly watch?: boolean
    readonly alerts?: boolean
    readonly now?: () => number
  } = {},
): Promise<Sandbox> {
  const routes: Route[] = []
  const web = await serve(routes, config.port, config.host)
  const local = `http://127.0.0.1:${web.port}`
  const clusters = new Map<string, ClusterDouble>()
  const speed = options.speed ? { speed: options.speed } : {}
  for (const { teamId, clusters: seeds } of seededEstates) {
    for (const { name, seed, token } of seeds) {
      const where = { basePath: basePath(teamId, name), ...speed }
      clusters.set(`${teamId} ${name}`, createClusterDouble({ seed, accounts: [{ name: 'nox', token }], ...where }))
    }
  }
  const github = createGithubDouble({
    seed: githubSeed,
    basePath: githubPath,
    onDispatch: (repository, inputs, ms) => deployLater(clusters, repository, inputs, ms),
    ...speed,
  })
  const jira = createJiraDouble({ seed: jiraSeed, edition: 'cloud', basePath: jiraPath })
  const notion = createNotionDouble({ seed: notionSeed, basePath: notionPath })
  const confluence = createConfluenceDouble({ seed: confluenceSeed, edition: 'cloud', basePath: confluencePath })
  const grafana = createGrafanaDouble({ seed: grafanaSeed, basePath: grafanaPath })
  const datadog = createDatadogDouble({ seed: datadogSeed, basePath: datadogPath })
  const alertmanager = createAlertmanagerDouble({ seed: alertmanagerSeed, basePath: alertmanagerPath })
  const teams = createTeamsDouble({ seed: teamsSeed, basePath: teamsPath })
  const vendors: readonly (readonly [name: string, basePath: string, HttpDouble])[] = [
    ['GitHub', githubPath, github],
    ['Jira', jiraPath, jira],
    ['Notion', notionPath, notion],
    ['Confluence', confluencePath, confluence],
    ['Grafana', grafanaPath, grafana],
    ['Datadog', datadogPath, datadog],
    ['Alertmanager', alertmanagerPath, alertmanager],
    ['Microsoft Teams', teamsPath, teams],
  ]
  const now = options.now ?? Date.now
  const stripe = createStripeDouble({ secretKey: stripeAccess.secretKey, now })
  const mail = await createMailDouble()
  let sender: AlertSender | null = null
  const slack = createSlackDouble({
    ...credentials,
    noxUrl: local,
    workspaces: seededWorkspaces,
    events: botEvents,
    commands: [{ command: '/nox', shouldEscape: true }],
    shortcuts: [{ callback_id: 'ask_nox', name: 'Ask NOX about this' }],
    rateLimits: options.rateLimits ?? true,
    onCluster: (what, service) => disturb([...clusters.values()], what, service),
    async onAlert(teamId, what, service) {
      if (!sender || teamId !== seededWorkspaces[0]?.id) return false
      return what === 'fire' ? sender.fire(service) : sender.resolve()
    },
  })
  slack.setPublicUrl(local)
  const tracing = createRequestTracing(({ request, ...line }) => slack.log(request, line))
  const nox = await createNox(
    {
      ...config,
      database: freshDatabase(config),
      ...(options.speed ? { pace: hurried(options.speed) } : {}),
      publicUrl: local,
      stripe: { ...stripeAccess, apiUrl: local },
      plansEvery: 5_000,
      contact: 'bonjour@nox.example',
      smtp: { url: mail.url, from: 'nox@sandbox.example' },
      allowPrivate: ['127.0.0.1', ...config.allowPrivate],
      slack: { ...credentials, apiUrl: slack.apiUrl, authorizeUrl: slack.authorizationUrl },
    },
    copyLog(log, tracing.copy),
    now,
  )
  const page = createPage()
  routes.push(
    (path, request, response) => {
      if (!page.handles(path)) return false
      page.listener(request, response)
      return true
    },
    (path, request, response) => {
      if (!mail.handles(path)) return false
      mail.requestListener(request, response)
      return true
    },
    (path, request, response) => {
      if (!slack.handles(path)) return false
      slack.requestListener(request, response)
      return true
    },
    (path, request, response) => {
      const found = [...clusters].find(([, cluster]) => cluster.handles(path))
      if (!found) return false
      const [key, cluster] = found
      const [teamId = '', name = ''] = key.split(' ')
      traceOutgoing(slack, { peer: 'kubernetes', name, basePath: basePath(teamId, name) }, request, response)
      cluster.requestListener(request, response)
      return true
    },
    (path, request, response) => {
      if (!stripe.handles(path)) return false
      if (path.startsWith('/v1/'))
        traceOutgoing(slack, { peer: 'vendor', name: 'Stripe', basePath: '' }, request, response)
      stripe.requestListener(request, response)
      return true
    },
    (path, request, response) => {
      const found = vendors.find(([, , vendor]) => vendor.handles(path))
      if (!found) return false
      const [name, where, vendor] = found
      traceOutgoing(slack, { peer: 'vendor', name, basePath: where }, request, response)
      vendor.requestListener(request, response)
      return true
    },
    ...nox.routes.map(tracing.follow),
  )
  plantShop(stripe, local, stripeAccess.webhookSecret)
  await nox.start()
  for (const estate of seededEstates) {
    await install(nox, teams, slack, estate, local, options.watch ?? true)
    await subscribe(nox, stripe, estate.teamId)
  }
  if (options.alerts ?? true) sender = await seedAlerts(nox, local)
  for (const workspace of seededWorkspaces) talk(slack, workspace)
  const url = `http://localhost:${web.port}`
  return {
    url,
    nox,
    slack,
    clusters,
    github,
    jira,
    notion,
    confluence,
    grafana,
    datadog,
    alertmanager,
    teams,
    stripe,
    mail,
    async stop() {
      await Promise.all([web.close(500), nox.stop(500)])
      tracing.stop()
      await Promise.all([slack.close(), stripe.close(), mail.close()])
      await Promise.all(
        [...vendors.map(([, , vendor]) => vendor), ...clusters.values()].map((double) => double.close()),
      )
    },
  }
}

/** Installs NOX as the workspace's admin would, and sets up what an admin would have set up by now. */
async function install(
  nox: Nox,
  teams: TeamsDouble,
  slack: SlackDouble,
  estate: SeededEstate,
  local: string,
  watch: boolean,
): Promise<void> {
  const workspace = seededWorkspaces.find((each) => each.id === estate.teamId)
  const admin = workspace?.people.find((person) => person.isAdmin)
  if (!workspace || !admin) throw new TypeError(`no admin in ${estate.teamId}`)
  const { status, body } = await slack.install(workspace.id, admin.id)
  if (status !== 200) throw new Error(`NOX could not be installed into ${workspace.name}: ${status} ${body}`)
  await seedTenant(
    nox,
    workspace,
    estate,
    (name) => `${local}${basePath(estate.teamId, name)}`,
    vendorsOf(estate, local, teams),
    watch,
  )
}

/** What a simulated workspace pays for by now. */
async function subscribe(nox: Nox, stripe: StripeDouble, teamId: string): Promise<void> {
  const workspace = seededWorkspaces.find(({ id }) => id === teamId)
  const tenantId = await nox.storage.installations.tenantOf(teamId)
  if (!workspace || tenantId === null) return
  const plan = workspace.kind === 'company' ? 'professional' : 'pro'
  const about = { name: workspace.name, tenantId, lookupKey: `nox_${plan}_monthly` }
  stripe.deliverer.pause()
  const { customerId, subscription } = plantSubscription(stripe, about)
  stripe.deliverer.goOn()
  const kept = { ...subscription, plan, state: 'active', trialEnd: null, cancelAt: null, pastDueSince: null } as const
  const tenant = { plan, planUntil: null }
  await nox.storage.billing.save(tenantId, { customerId, subscription: kept, version: 0 }, { tenant })
  await nox.storage.tenants.update(tenantId, { settledPlan: plan })
  nox.services.knowledge.drop(tenantId)
}

/** The vendors that a simulated workspace has connected. */
function vendorsOf({ teamId }: SeededEstate, local: string, teams: TeamsDouble): readonly SeededVendor[] {
  if (teamId !== seededWorkspaces[0]?.id) return []
  const account = githubSeed.accounts[0]?.login ?? ''
  const settings = { server: `${local}${githubPath}`, people: githubPeople }
  const atJira = { edition: 'cloud', url: `${local}${jiraPath}`, email: jiraAccess.email, project: jiraProject }
  return [
    { vendor: 'github', account, settings, secrets: { token: githubToken } },
    { vendor: 'jira', account: 'NOX', settings: atJira, secrets: { token: jiraAccess.token } },
    {
      vendor: 'notion',
      account: notionSeed.bot,
      settings: { url: `${local}${notionPath}`, parent: notionReports },
      secrets: { token: notionSeed.token },
    },
    {
      vendor: 'confluence',
      account: confluenceSeed.name,
      settings: {
        edition: 'cloud',
        url: `${local}${confluencePath}`,
        email: confluenceSeed.email,
        parent: confluenceReports,
      },
      secrets: { token: confluenceSeed.token },
    },
    {
      vendor: 'grafana',
      account: grafanaSeed.org,
      settings: { url: `${local}${grafanaPath}` },
      secrets: { token: grafanaSeed.token },
    },
    {
      vendor: 'teams',
      account: teamsSeed.channels.map(({ name }) => name).join(', '),
      settings: {},
      secrets: {
        webhooks: teamsSeed.channels
          .map(({ name }) => `${name} = ${teams.webhookOf(name, `${local}${teamsPath}`)}`)
          .join('\n'),
      },
    },
  ]
}

/** As patient as fits clusters that live so much faster. @param speed simulated seconds in a real one */
const hurried = (speed: number) => ({
  watch: { calm: 60_000 / speed, tick: 2_000 / speed },
  follow: { look: 1_000 / speed, longestWait: 10_000 / speed, trouble: 4_000 / speed },
  lookEvery: 15_000 / speed,
  showEvery: Math.max(50, 1_000 / speed),
})

/** What a simulated workflow does: when it ends, the service runs the version that it was given. */
function deployLater(
  clusters: ReadonlyMap<string, ClusterDouble>,
  repository: string,
  inputs: Readonly<Record<string, unknown>>,
  ms: number,
): void {
  for (const { teamId, services } of seededEstates) {
    const service = services.find((each) => each.repository === repository)
    const target = service?.targets.find(({ environment }) => environment === inputs.environment)
    const cluster = target && clusters.get(`${teamId} ${target.cluster}`)
    if (!service || !target || !cluster) continue
    const tag = String(inputs.version).replace(/[^\w.-]+/g, '-')
    const image = service.imageTemplate.replace('{service}', service.name).replace('{tag}', tag)
    setTimeout(() => cluster.release(service.name, target.namespace, image), ms).unref()
  }
}

/** What people said before one came. */
function talk(slack: SlackDouble, { id, said = [] }: WorkspaceSeed): void {
  for (const { channel, user, text, reactions = {} } of said) {
    const { ts } = slack.say(id, user, channel, text)
    for (const [name, users] of Object.entries(reactions)) {
      for (const each of users) slack.react(id, each, channel, ts, name)
    }
  }
}

/** The page's panel: crashes, failing rollouts, and their repair. */
function disturb(clusters: readonly ClusterDouble[], what: 'crash' | 'fail-rollout' | 'heal', service: string): void {
  for (const cluster of clusters) {
    if (what === 'crash') cluster.crash(service)
    else if (what === 'fail-rollout') cluster.failNextRollout(service, 'CrashLoopBackOff')
    else cluster.heal(service === '*' ? undefined : service)
  }
}

/** SQLite in a file of its own, empty at each start; a database that was named is taken as it is. */
function freshDatabase(config: Config): Config['database'] {
  if ('url' in config.database || config.database.path === ':memory:') return config.database
  const path = join(dirname(config.database.path), 'sandbox.db')
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  return { path }
}
