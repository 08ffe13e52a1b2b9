import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { readQueries } from '../../capabilities/metric-queries.ts'
import { notTheVendor } from '../../egress/json-client.ts'
import { createAlerts } from '../shared/alertmanager-alerts.ts'
import { createClient } from './client.ts'
import { createDashboards } from './dashboards.ts'
import { createMarks } from './marks.ts'
import { createMetrics, usualQueries } from './metrics.ts'
import { createRules } from './rules.ts'

/** Grafana's own alert manager, which speaks Alertmanager's API. */
const ownAlertManager = '/alertmanager/grafana/api/v2'

/** Opens a connection: what Grafana gives to commands, bound to one tenant's access. */
export function openGrafana(connection: Connection, tools: ConnectorTools): Connected {
  const client = createClient(connection, tools)
  const own = readQueries(connection.integration.settings.queries ?? '') ?? {}
  return {
    async test(call) {
      const org = await client.send<{ name?: string } | null>({ path: '/org' }, call)
      if (typeof org?.name !== 'string') throw notTheVendor('Grafana')
      return { account: org.name, missing: [] }
    },
    marks: createMarks(client),
    metrics: createMetrics(client, { ...usualQueries, ...own }, connection.integration.settings.dataSource),
    alerts: {
      ...createAlerts('Grafana', client, ownAlertManager, tools.now),
      rules: createRules(client, ownAlertManager),
    },
    dashboards: createDashboards(client),
  }
}
