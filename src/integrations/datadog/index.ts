import type { Connector } from '../../capabilities/connectors.ts'
import { checkDatadog, datadogSettings } from './settings.ts'

/** Datadog: monitors, metrics, dashboards. */
export const datadog: Connector = {
  vendor: 'datadog',
  capabilities: ['alerts', 'dashboards', 'metrics', 'marks'],
  settings: datadogSettings,
  check: checkDatadog,
  async open(connection, tools) {
    const { openDatadog } = await import('./open.ts')
    return openDatadog(connection, tools)
  },
}
