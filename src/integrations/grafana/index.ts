import type { Connector } from '../../capabilities/connectors.ts'
import { checkGrafana, grafanaSettings } from './settings.ts'

/** Grafana, its own alerting included. */
export const grafana: Connector = {
  vendor: 'grafana',
  capabilities: ['alerts', 'dashboards', 'metrics', 'marks'],
  settings: grafanaSettings,
  check: checkGrafana,
  async open(connection, tools) {
    const { openGrafana } = await import('./open.ts')
    return openGrafana(connection, tools)
  },
}
