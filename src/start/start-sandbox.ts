import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { botEvents } from '../channels/slack/scopes.ts'
import type { Config } from '../config.ts'
import { type ClusterDouble, createClusterDouble } from '../sandbox/cluster/index.ts'
import { createPage } from '../sandbox/page/index.ts'
import { type SeededEstate, seededEstates } from '../sandbox/seed-clusters.ts'
import { createSlackDouble, type SlackDouble } from '../sandbox/slack/index.ts'
import { seededWorkspaces } from '../sandbox/workspaces.ts'
import type { Route } from '../web/server.ts'
import { createNox, type Nox } from './create-nox.ts'
import { seedTenant } from './seed-tenant.ts'
import { serve } from './serve.ts'
import type { Running } from './start-workspaces.ts'

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
}

/** Where a simulated cluster stands in the server. */
const basePath = (teamId: string, name: string) => `/sandbox/clusters/${teamId}/${name}`

/**
 * A workspace to try NOX in without any account: Slack and clusters are simulated in this process, NOX is real and
 * speaks to them over HTTP. It starts afresh each time.
 * @param options.speed simulated seconds in a real one, for clusters
 */
export async function startSandbox(
  config: Extract<Config, { mode: 'sandbox' }>,
  log: Logger,
  options: { readonly speed?: number; readonly rateLimits?: boolean } = {},
): Promise<Sandbox> {
  const routes: Route[] = []
  const web = await serve(routes, config.port, config.host)
  const local = `http://127.0.0.1:${web.port}`
  const clusters = new Map<string, ClusterDouble>()
  for (const { teamId, clusters: seeds } of seededEstates) {
    for (const { name, seed, token } of seeds) {
      const where = { basePath: basePath(teamId, name), ...(options.speed ? { speed: options.speed } : {}) }
      clusters.set(`${teamId} ${name}`, createClusterDouble({ seed, accounts: [{ name: 'nox', token }], ...where }))
    }
  }
  const slack = createSlackDouble({
    ...credentials,
    noxUrl: local,
    workspaces: seededWorkspaces,
    events: botEvents,
    commands: [{ command: '/nox', shouldEscape: true }],
    shortcuts: [{ callback_id: 'ask_nox', name: 'Ask NOX about this' }],
    rateLimits: options.rateLimits ?? true,
    onCluster: (what, service) => disturb([...clusters.values()], what, service),
  })
  slack.setPublicUrl(local)
  const nox = await createNox(
    {
      ...config,
      database: freshDatabase(config),
      publicUrl: local,
      allowPrivate: ['127.0.0.1', ...config.allowPrivate],
      slack: { ...credentials, apiUrl: slack.apiUrl, authorizeUrl: slack.authorizationUrl },
    },
    log,
  )
  const page = createPage()
  routes.push(
    (path, request, response) => {
      if (!page.handles(path)) return false
      page.listener(request, response)
      return true
    },
    (path, request, response) => {
      if (!slack.handles(path)) return false
      slack.requestListener(request, response)
      return true
    },
    (path, request, response) => {
      const found = [...clusters.values()].find((cluster) => cluster.handles(path))
      found?.requestListener(request, response)
      return found !== undefined
    },
    ...nox.routes,
  )
  await nox.start()
  for (const estate of seededEstates) await install(nox, slack, estate, local)
  const url = `http://localhost:${web.port}`
  return {
    url,
    nox,
    slack,
    clusters,
    async stop() {
      await Promise.all([web.close(500), nox.stop(500)])
      await slack.close()
      await Promise.all([...clusters.values()].map((cluster) => cluster.close()))
    },
  }
}

/** Installs NOX as the workspace's admin would, and sets up what an admin would have set up by now. */
async function install(nox: Nox, slack: SlackDouble, estate: SeededEstate, local: string): Promise<void> {
  const workspace = seededWorkspaces.find((each) => each.id === estate.teamId)
  const admin = workspace?.people.find((person) => person.isAdmin)
  if (!workspace || !admin) throw new TypeError(`no admin in ${estate.teamId}`)
  const { status, body } = await slack.install(workspace.id, admin.id)
  if (status !== 200) throw new Error(`NOX could not be installed into ${workspace.name}: ${status} ${body}`)
  await seedTenant(nox, workspace, estate, (name) => `${local}${basePath(estate.teamId, name)}`)
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
