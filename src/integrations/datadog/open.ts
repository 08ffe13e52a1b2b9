import {
  AuthenticationApi,
  type DashboardSummaryDefinition,
  DashboardsApi,
  MetricsApi,
  MonitorsApi,
} from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/index.js'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { readQueries } from '../../capabilities/metric-queries.ts'
import { rankByWords } from '../../capabilities/rank-by-words.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { linkAt } from '../shared/link-at.ts'
import { listOf } from '../shared/read-answer.ts'
import { createClient, type DatadogClient, isRefusal, type Scope } from './client.ts'
import { createMarks } from './marks.ts'
import { createMetrics, usualQueries } from './metrics.ts'
import { createMonitors } from './monitors.ts'
import { isForeign } from './settings.ts'

/** Dashboards that are looked through: Datadog has no search for them. */
const mostDashboards = 2_000

/** Opens a connection: what Datadog gives to commands, bound to one tenant's keys. */
export function openDatadog(connection: Connection, tools: ConnectorTools): Connected {
  const client = createClient(connection, tools)
  const own = readQueries(connection.integration.settings.queries ?? '') ?? {}
  return {
    test: (call) =>
      testKeys(client, tools.now, call).catch((error: unknown) => {
        throw foreignProblem(connection.integration.settings.url ?? '', error)
      }),
    alerts: createMonitors(client, tools.now),
    marks: createMarks(client),
    metrics: createMetrics(client, { ...usualQueries, ...own }),
    dashboards: {
      async search(query, limit, call) {
        const api = new DashboardsApi(client.configuration(call))
        const answer = await client.call(api.listDashboards({ count: mostDashboards }), call, 'dashboards_read')
        const dashboards = listOf<DashboardSummaryDefinition>('Datadog', answer?.dashboards, {
          title: 'text',
          url: 'text',
        })
        const found = rankByWords(dashboards, query, ({ title }) => title ?? '')
        return found.slice(0, limit).map(({ id = '', title = '', url = '' }) => ({
          id,
          title,
          folder: null,
          url: linkAt(client.app, url),
        }))
      },
      // Datadog draws what is asked of its metrics, and no dashboard.
      picture: async () => null,
    },
  }
}

/** Where an address is none of Datadog's and does not answer as it does, waiting helps nobody. */
function foreignProblem(url: string, error: unknown): unknown {
  if (!(error instanceof NoxError) || error.code === 'forbidden' || !isForeign(url)) return error
  const forPerson = phrase('datadog.url.foreign', { host: new URL(url).host })
  return new NoxError(error.code, error.message, { forPerson, facts: error.facts, cause: error })
}

/** Both keys by a real request, and each scope by one of its own; which key is none is told where it can be. */
async function testKeys(client: DatadogClient, now: () => number, call: CallOptions) {
  await client.validate(call).catch(async (error: unknown) => {
    if (!isRefusal(error)) throw error
    await client.call(new AuthenticationApi(client.configuration(call)).validate(), call, null)
    throw new NoxError('forbidden', error.message, { forPerson: phrase('datadog.appKey.refused'), facts: error.facts })
  })
  const lacking = await Promise.all(
    probes(client, now(), call).map(async ([scope, sent]) => ((await isAllowed(sent)) ? [] : [scope])),
  )
  return { account: new URL(client.app).hostname, missing: lacking.flat() }
}

/** The smallest request of each scope. */
function probes(
  client: DatadogClient,
  now: number,
  call: CallOptions,
): readonly (readonly [Scope, Promise<unknown>])[] {
  const configuration = client.configuration(call)
  const to = Math.floor(now / 1_000)
  const query = { from: to - 60, to, query: 'avg:system.load.1{*}' }
  const downtimes = { path: '/downtime', query: { current_only: 'true', 'page[limit]': '1' } }
  const sent = [
    ['monitors_read', new MonitorsApi(configuration).listMonitors({ page: 0, pageSize: 1 })],
    ['monitors_downtime', client.v2.send(downtimes, call)],
    ['dashboards_read', new DashboardsApi(configuration).listDashboards({ count: 1 })],
    ['timeseries_query', new MetricsApi(configuration).queryMetrics(query)],
  ] as const
  return sent.map(([scope, answer]) => [scope, client.call<unknown>(answer, call, scope)])
}

/** @throws what came instead of a yes or a no */
const isAllowed = (sent: Promise<unknown>): Promise<boolean> =>
  sent.then(
    () => true,
    (error: unknown) => {
      if (isRefusal(error)) return false
      throw error
    },
  )
