import {
  AuthenticationApi,
  type DashboardSummaryDefinition,
  DashboardsApi,
  MonitorsApi,
} from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/index.js'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { readQueries } from '../../capabilities/metric-queries.ts'
import { rankByWords } from '../../capabilities/rank-by-words.ts'
import { NoxError } from '../../errors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { linkAt } from '../shared/link-at.ts'
import { listOf } from '../shared/read-answer.ts'
import { createClient, type DatadogClient } from './client.ts'
import { createMarks } from './marks.ts'
import { createMetrics, usualQueries } from './metrics.ts'
import { createMonitors } from './monitors.ts'

/** Dashboards that are looked through: Datadog has no search for them. */
const mostDashboards = 2_000

/** Opens a connection: what Datadog gives to commands, bound to one tenant's keys. */
export function openDatadog(connection: Connection, tools: ConnectorTools): Connected {
  const client = createClient(connection, tools)
  const own = readQueries(connection.integration.settings.queries ?? '') ?? {}
  return {
    test: (call) => testKeys(client, call),
    alerts: createMonitors(client, tools.now),
    marks: createMarks(client),
    metrics: createMetrics(client, { ...usualQueries, ...own }),
    dashboards: {
      async search(query, limit, call) {
        const api = new DashboardsApi(client.configuration(call))
        const answer = await client.call(api.listDashboards({ count: mostDashboards }), call)
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

/** Both keys by a real request each: the first tells whether the API key is good, the second the other. */
async function testKeys(client: DatadogClient, call: CallOptions) {
  const configuration = client.configuration(call)
  // Datadog says 403 where a key is none, and where it lacks a right.
  const refused = (forPerson: Phrase) => (error: unknown) => {
    if (!(error instanceof NoxError) || error.code !== 'forbidden') throw error
    throw new NoxError('forbidden', error.message, { forPerson, facts: error.facts })
  }
  const validated = client.call(new AuthenticationApi(configuration).validate(), call)
  await validated.catch(refused(phrase('error.vendor.credentials', { vendor: 'Datadog' })))
  const listed = client.call(new MonitorsApi(configuration).listMonitors({ page: 0, pageSize: 1 }), call)
  await listed.catch(refused(phrase('datadog.appKey.refused')))
  return { account: new URL(client.app).hostname, missing: [] }
}
