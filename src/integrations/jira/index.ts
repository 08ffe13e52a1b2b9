import type { Connector } from '../../capabilities/connectors.ts'
import { checkJira, jiraSettings } from './settings.ts'

/** Jira, in the cloud or in a data center. */
export const jira: Connector = {
  vendor: 'jira',
  capabilities: ['tickets'],
  settings: jiraSettings,
  check: checkJira,
  async open(connection, tools) {
    const { openJira } = await import('./open.ts')
    return openJira(connection, tools)
  },
  async readHook(request, connection) {
    const { readJiraHook } = await import('./webhook.ts')
    return readJiraHook(request, connection)
  },
}
