import type { Connector } from '../../capabilities/connectors.ts'
import { checkConfluence, confluenceSettings } from './settings.ts'

/** Confluence, in the cloud or in a data center. */
export const confluence: Connector = {
  vendor: 'confluence',
  capabilities: ['pages'],
  settings: confluenceSettings,
  check: checkConfluence,
  async open(connection, tools) {
    const { openConfluence } = await import('./open.ts')
    return openConfluence(connection, tools)
  },
}
