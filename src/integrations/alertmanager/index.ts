import type { Connector } from '../../capabilities/connectors.ts'
import { alertmanagerSettings, checkAlertmanager } from './settings.ts'

/** Prometheus Alertmanager, by its API v2. */
export const alertmanager: Connector = {
  vendor: 'alertmanager',
  capabilities: ['alerts'],
  settings: alertmanagerSettings,
  check: checkAlertmanager,
  async open(connection, tools) {
    const { openAlertmanager } = await import('./open.ts')
    return openAlertmanager(connection, tools)
  },
}
