import type { Connector } from '../../capabilities/connectors.ts'
import { checkTeams, teamsSettings } from './settings.ts'

/** Channels of Microsoft Teams, by webhooks of Workflows. */
export const teams: Connector = {
  vendor: 'teams',
  capabilities: ['announcements'],
  settings: teamsSettings,
  check: checkTeams,
  async open(connection, tools) {
    const { openTeams } = await import('./open.ts')
    return openTeams(connection, tools)
  },
}
