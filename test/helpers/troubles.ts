import type { CallOptions } from '../../src/capabilities/clusters.ts'
import type { Connected } from '../../src/capabilities/connectors.ts'
import type { Announcement } from '../../src/domain/announcement.ts'
import type { Capability, Vendor } from '../../src/domain/integration.ts'
import { teams } from '../../src/integrations/teams/index.ts'
import type { HttpDouble } from '../../src/sandbox/http-double.ts'
import { createTeamsDouble } from '../../src/sandbox/teams/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'
import { byToken, repository, startGithub } from './github.ts'
import { startJira } from './jira.ts'
import { monitoringProviders } from './monitoring.ts'
import { type PagesProvider, pagesProviders } from './pages.ts'

/** A provider as every capability's suite of troubles sees it. */
export interface Troubled {
  readonly vendor: Vendor
  readonly double: HttpDouble
  connect(): Promise<Connected>
  close(): Promise<void>
}

/** One thing that a capability can be asked. */
export interface Operation {
  readonly ask: (connected: Connected, call: CallOptions) => Promise<unknown>
  /** The request that changes something; absent = nothing is changed. */
  readonly change?: { readonly method: 'POST' | 'PUT' | 'DELETE'; readonly path?: RegExp }
  /** Where a 404 is an answer: there is none. */
  readonly hasNone?: boolean
  /** Nothing is read of the answer to the change: whatever it is, it was done. */
  readonly readsNothing?: boolean
}

const actionId = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const span = () => ({ from: Date.now() - 3_600_000, to: Date.now() })
const about = { service: 'web', environment: 'production', namespace: 'production', deployment: 'web' }
const page = (title: string) => ({ title, blocks: [{ kind: 'paragraph', line: [{ text: 'x' }] }] }) as const
const announcement: Announcement = {
  title: 'x',
  tone: 'good',
  paragraphs: ['y'],
  facts: [],
  links: [],
  language: 'en',
} as never

function given<T>(port: T | undefined): T {
  if (port === undefined) throw new Error('the vendor does not give it')
  return port
}

/** What each capability is asked, by every provider of it. */
export const operations: Readonly<Record<Capability, Readonly<Record<string, Operation>>>> = {
  alerts: {
    list: { ask: ({ alerts }, call) => given(alerts).list({}, call) },
    rules: {
      ask({ alerts }, call) {
        const { rules, list } = given(alerts)
        return (rules ?? list)({}, call)
      },
    },
    isMutedBy: { ask: ({ alerts }, call) => given(alerts).isMutedBy(actionId, call) },
    mute: {
      ask: ({ alerts }, call) => given(alerts).mute({ service: 'web' }, Date.now() + 3_600_000, 'Bob', actionId, call),
      change: { method: 'POST' },
      readsNothing: true,
    },
  },
  dashboards: {
    search: { ask: ({ dashboards }, call) => given(dashboards).search('mailer', 5, call) },
  },
  metrics: {
    query: { ask: ({ metrics }, call) => given(metrics).query({ meaning: 'cpu', about }, span(), call) },
  },
  marks: {
    deployed: {
      ask: ({ marks }, call) =>
        given(marks).deployed({ ...about, ...span(), version: 'v2', failed: false, note: 'Bob' }, call),
      change: { method: 'POST' },
      readsNothing: true,
    },
  },
  pages: {
    search: { ask: ({ pages }, call) => given(pages).search('runbook', 5, call) },
    find: { ask: ({ pages }, call) => given(pages).find('Runbook', call) },
    create: {
      ask: ({ pages }, call) => given(pages).create(page(`Weekly ${Math.random()}`), call),
      change: { method: 'POST', path: /\/(pages|content)$/ },
    },
  },
  tickets: {
    list: { ask: ({ tickets }, call) => given(tickets).list({ state: 'open', limit: 5 }, call) },
    show: { ask: ({ tickets }, call) => given(tickets).show('OPS-1', call), hasNone: true },
    findCreated: { ask: ({ tickets }, call) => given(tickets).findCreated(actionId, call) },
    findPerson: { ask: ({ tickets }, call) => given(tickets).findPerson('Bob Dupont', call) },
    hasComment: { ask: ({ tickets }, call) => given(tickets).hasComment('OPS-1', 'Bob', call) },
    create: {
      ask: ({ tickets }, call) => given(tickets).create({ type: 'bug', title: 'A', priority: 'high', actionId }, call),
      change: { method: 'POST', path: /\/issue$/ },
    },
    comment: {
      ask: ({ tickets }, call) => given(tickets).comment('OPS-1', 'A', 'Bob', call),
      change: { method: 'POST', path: /\/comment$/ },
      readsNothing: true,
    },
    close: {
      ask: ({ tickets }, call) => given(tickets).close('OPS-1', call),
      change: { method: 'POST', path: /\/transitions$/ },
      readsNothing: true,
    },
  },
  repositories: {
    runs: { ask: ({ repositories }, call) => given(repositories).runs(repository, { limit: 5 }, call) },
    pulls: {
      ask: ({ repositories }, call) => given(repositories).pulls(repository, { state: 'open', limit: 5 }, call),
    },
    releases: { ask: ({ repositories }, call) => given(repositories).releases(repository, { limit: 5 }, call) },
    resolve: { ask: ({ repositories }, call) => given(repositories).resolve(repository, { branch: 'main' }, call) },
    refs: { ask: ({ repositories }, call) => given(repositories).refs(repository, call) },
  },
  announcements: {
    post: {
      ask: ({ announcements }, call) => given(announcements).post(null, announcement, call),
      change: { method: 'POST' },
    },
  },
}

const monitoring = (vendor: keyof typeof monitoringProviders) => async (): Promise<Troubled> => {
  const { double, connect, close } = await monitoringProviders[vendor]()
  return { vendor, double, connect: () => connect(), close }
}
const writing =
  (
    vendor: Vendor,
    start: () => Promise<PagesProvider>,
    place: Record<string, string> | ((double: HttpDouble) => Record<string, string>),
  ) =>
  async (): Promise<Troubled> => {
    const { double, connect, close } = await start()
    const more = typeof place === 'function' ? place(double) : place
    return { vendor, double, connect: () => connect('pages-token', more), close }
  }
const firstPage = (double: HttpDouble) => {
  const { world } = double as unknown as { world: { pages: readonly { id: string }[] } }
  return { parent: world.pages[0]?.id ?? '' }
}
const tickets = (edition: 'cloud' | 'datacenter') => async (): Promise<Troubled> => {
  const { double, connect, close } = await startJira(edition)
  return { vendor: 'jira', double, connect: () => connect('jira-all'), close }
}

async function startTeams(): Promise<Troubled> {
  const channel = {
    name: 'ops',
    workflow: '0123456789abcdef0123456789abcdef',
    signature: 'Sig-1234567890abcdefghijklmnop',
  }
  const double = createTeamsDouble({ seed: { channels: [channel] }, now: Date.now })
  const { url } = await double.listen()
  const connectors = createConnectors([teams], { allowPrivate: ['127.0.0.1'], now: Date.now })
  const rest = { account: '', connectedAt: 0, checkedAt: 0, failingSince: null, settings: {} }
  const webhooks = `ops = ${double.webhookOf('ops', url)}`
  return {
    vendor: 'teams',
    double,
    connect: () =>
      connectors.open({ integration: { tenantId: 'T1', vendor: 'teams', ...rest }, secrets: { webhooks } }),
    async close() {
      await connectors.close()
      await double.close()
    },
  }
}

/** Every provider of each capability. */
export const troubledProviders: Readonly<Record<Capability, Readonly<Record<string, () => Promise<Troubled>>>>> = {
  alerts: {
    grafana: monitoring('grafana'),
    datadog: monitoring('datadog'),
    alertmanager: monitoring('alertmanager'),
  },
  dashboards: { grafana: monitoring('grafana'), datadog: monitoring('datadog') },
  metrics: { grafana: monitoring('grafana'), datadog: monitoring('datadog') },
  marks: { grafana: monitoring('grafana'), datadog: monitoring('datadog') },
  pages: {
    notion: writing('notion', pagesProviders.notion, firstPage),
    'confluence cloud': writing('confluence', pagesProviders['confluence cloud'], { space: 'OPS' }),
    'confluence datacenter': writing('confluence', pagesProviders['confluence datacenter'], { space: 'OPS' }),
  },
  tickets: { 'jira cloud': tickets('cloud'), 'jira datacenter': tickets('datacenter') },
  repositories: {
    async github() {
      const { double, connect, close } = await startGithub()
      return { vendor: 'github', double, connect: () => connect(byToken('ghp_all')), close }
    },
  },
  announcements: { teams: startTeams },
}
