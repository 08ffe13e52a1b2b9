import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { botEvents } from '../channels/slack/scopes.ts'
import type { Config } from '../config.ts'
import { copyLog } from '../observability/log.ts'
import type { AlertSender } from '../sandbox/alertmanager/index.ts'
import { createMailDouble, type MailDouble } from '../sandbox/mail/index.ts'
import { seededEstates } from '../sandbox/seed-clusters.ts'
import { createSlackDouble, type SlackDouble } from '../sandbox/slack/index.ts'
import { createStripeDouble, plantShop, type StripeDouble } from '../sandbox/stripe/index.ts'
import { seededWorkspaces, type WorkspaceSeed } from '../sandbox/workspaces.ts'
import { makeFolderOf } from '../storage/make-folder.ts'
import type { Route } from '../web/server.ts'
import { createNox, type Nox } from './create-nox.ts'
import { type ClusterDoubles, clusterPath, createClusters, disturb } from './sandbox/clusters.ts'
import { connectedVendors } from './sandbox/connected-vendors.ts'
import { refuseRealTenants } from './sandbox/refuse-real-tenants.ts'
import { sandboxRoutes } from './sandbox/routes.ts'
import { seedAlerts } from './sandbox/seed-alerts.ts'
import { seedPlan } from './sandbox/seed-plan.ts'
import { seedTenant } from './sandbox/seed-tenant.ts'
import { createRequestTracing } from './sandbox/trace-requests.ts'
import { createVendors, type VendorDoubles } from './sandbox/vendors.ts'
import { serve } from './serve.ts'
import type { Running } from './start-workspaces.ts'

/** Keys that open nothing: everything that they guard is simulated. */
const credentials = {
  signingSecret: 'sandbox-signing-secret',
  clientId: '1000.2000',
  clientSecret: 'sandbox-client-secret',
}
const stripeAccess = { secretKey: 'sk_test_sandbox', webhookSecret: 'whsec_sandbox' }

export interface Sandbox extends Running, VendorDoubles {
  readonly nox: Nox
  readonly slack: SlackDouble
  readonly clusters: ClusterDoubles
  readonly stripe: StripeDouble
  readonly mail: MailDouble
}

/**
 * A workspace to try NOX in without any account: Slack and clusters are simulated in this process, NOX is real and
 * speaks to them over HTTP. It starts afresh each time.
 * @throws NoxError `configuration` where the database is that of real workspaces
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
  if ('path' in config.database && config.database.path !== ':memory:') makeFolderOf(config.database.path)
  if ('url' in config.database) await refuseRealTenants(config.database, config.masterKeys)
  const routes: Route[] = []
  const web = await serve(routes, config.port, config.host)
  const local = `http://127.0.0.1:${web.port}`
  const speed = options.speed ? { speed: options.speed } : {}
  const clusters = createClusters(speed)
  const vendors = createVendors(clusters, speed)
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
    onCluster: (what, service) => disturb(clusters, what, service),
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
  routes.push(...sandboxRoutes(slack, stripe, mail, clusters, vendors), ...nox.routes.map(tracing.follow))
  plantShop(stripe, local, stripeAccess.webhookSecret)
  await nox.start()
  for (const estate of seededEstates) {
    const workspace = await install(slack, estate.teamId)
    const urlOf = (cluster: string) => `${local}${clusterPath(estate.teamId, cluster)}`
    const connected = connectedVendors(estate, local, vendors.teams)
    await seedTenant(nox, workspace, estate, urlOf, connected, options.watch ?? true)
    await seedPlan(nox, stripe, estate.teamId)
  }
  if (options.alerts ?? true) sender = await seedAlerts(nox, local)
  for (const workspace of seededWorkspaces) talk(slack, workspace)
  const url = `http://localhost:${web.port}`
  return {
    url,
    nox,
    slack,
    clusters,
    ...vendors,
    stripe,
    mail,
    async stop() {
      await Promise.all([web.close(500), nox.stop(500)])
      tracing.stop()
      await Promise.all([slack.close(), stripe.close(), mail.close()])
      await Promise.all([...Object.values(vendors), ...clusters.values()].map((double) => double.close()))
    },
  }
}

/** Installs NOX as the workspace's admin would. */
async function install(slack: SlackDouble, teamId: string): Promise<WorkspaceSeed> {
  const workspace = seededWorkspaces.find((each) => each.id === teamId)
  const admin = workspace?.people.find((person) => person.isAdmin)
  if (!workspace || !admin) throw new TypeError(`no admin in ${teamId}`)
  const { status, body } = await slack.install(workspace.id, admin.id)
  if (status !== 200) throw new Error(`NOX could not be installed into ${workspace.name}: ${status} ${body}`)
  return workspace
}

/** As patient as fits clusters that live so much faster. @param speed simulated seconds in a real one */
const hurried = (speed: number) => ({
  watch: { calm: 60_000 / speed, tick: 2_000 / speed },
  follow: { look: 1_000 / speed, longestWait: 10_000 / speed, trouble: 4_000 / speed },
  lookEvery: 15_000 / speed,
  showEvery: Math.max(50, 1_000 / speed),
})

/** What people said before one came. */
function talk(slack: SlackDouble, { id, said = [] }: WorkspaceSeed): void {
  for (const { channel, user, text, reactions = {} } of said) {
    const { ts } = slack.say(id, user, channel, text)
    for (const [name, users] of Object.entries(reactions)) {
      for (const each of users) slack.react(id, each, channel, ts, name)
    }
  }
}

/** SQLite in a file of its own, empty at each start; a database that was named is taken as it is. */
function freshDatabase(config: Config): Config['database'] {
  if ('url' in config.database || config.database.path === ':memory:') return config.database
  const path = join(dirname(config.database.path), 'sandbox.db')
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  return { path }
}
