import type { SeededEstate } from '../../sandbox/seed-clusters.ts'
import { githubOwner, githubPeople, githubSeed, githubToken } from '../../sandbox/seed-github.ts'
import { grafanaSeed } from '../../sandbox/seed-grafana.ts'
import { jiraAccess, jiraProject } from '../../sandbox/seed-jira.ts'
import { confluenceReports, confluenceSeed, notionReports, notionSeed, teamsSeed } from '../../sandbox/seed-pages.ts'
import type { TeamsDouble } from '../../sandbox/teams/index.ts'
import { seededWorkspaces } from '../../sandbox/workspaces.ts'
import type { SeededVendor } from './seed-tenant.ts'
import { type VendorDoubles, vendorPath } from './vendors.ts'

/**
 * The vendors that a simulated workspace has connected from the start; Datadog is left to try it.
 * @param local the server's own address
 */
export function connectedVendors({ teamId }: SeededEstate, local: string, teams: TeamsDouble): readonly SeededVendor[] {
  if (teamId !== seededWorkspaces[0]?.id) return []
  const at = (vendor: keyof VendorDoubles) => `${local}${vendorPath(vendor)}`
  return [
    {
      vendor: 'github',
      account: githubSeed.accounts[0]?.login ?? '',
      owners: [githubOwner],
      settings: { server: at('github'), people: githubPeople },
      secrets: { token: githubToken },
    },
    {
      vendor: 'jira',
      account: 'NOX',
      settings: { edition: 'cloud', url: at('jira'), email: jiraAccess.email, project: jiraProject },
      secrets: { token: jiraAccess.token },
    },
    {
      vendor: 'notion',
      account: notionSeed.bot,
      settings: { url: at('notion'), parent: notionReports },
      secrets: { token: notionSeed.token },
    },
    {
      vendor: 'confluence',
      account: confluenceSeed.name,
      settings: { edition: 'cloud', url: at('confluence'), email: confluenceSeed.email, parent: confluenceReports },
      secrets: { token: confluenceSeed.token },
    },
    {
      vendor: 'grafana',
      account: grafanaSeed.org,
      settings: { url: at('grafana') },
      secrets: { token: grafanaSeed.token },
    },
    {
      vendor: 'teams',
      account: teamsSeed.channels.map(({ name }) => name).join(', '),
      settings: { incidents: teamsSeed.channels[0]?.name ?? '' },
      secrets: {
        webhooks: teamsSeed.channels.map(({ name }) => `${name} = ${teams.webhookOf(name, at('teams'))}`).join('\n'),
      },
    },
  ]
}
