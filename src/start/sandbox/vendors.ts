import { createAlertmanagerDouble } from '../../sandbox/alertmanager/index.ts'
import { type ConfluenceDouble, createConfluenceDouble } from '../../sandbox/confluence/index.ts'
import { createDatadogDouble, type DatadogDouble } from '../../sandbox/datadog/index.ts'
import { createGithubDouble, type GithubDouble } from '../../sandbox/github/index.ts'
import { createGrafanaDouble, type GrafanaDouble } from '../../sandbox/grafana/index.ts'
import type { HttpDouble } from '../../sandbox/http-double.ts'
import { createJiraDouble, type JiraDouble } from '../../sandbox/jira/index.ts'
import { createNotionDouble, type NotionDouble } from '../../sandbox/notion/index.ts'
import { alertmanagerSeed, datadogSeed } from '../../sandbox/seed-datadog.ts'
import { githubSeed } from '../../sandbox/seed-github.ts'
import { grafanaSeed } from '../../sandbox/seed-grafana.ts'
import { jiraSeed } from '../../sandbox/seed-jira.ts'
import { confluenceSeed, notionSeed, teamsSeed } from '../../sandbox/seed-pages.ts'
import { createTeamsDouble, type TeamsDouble } from '../../sandbox/teams/index.ts'
import { type ClusterDoubles, deployLater } from './clusters.ts'

/** The vendors that are simulated beside Slack, Stripe and the clusters. */
export interface VendorDoubles {
  readonly github: GithubDouble
  readonly jira: JiraDouble
  readonly notion: NotionDouble
  readonly confluence: ConfluenceDouble
  readonly grafana: GrafanaDouble
  readonly datadog: DatadogDouble
  readonly alertmanager: HttpDouble
  readonly teams: TeamsDouble
}

/** What the inspector calls them. */
export const vendorNames: Readonly<Record<keyof VendorDoubles, string>> = {
  github: 'GitHub',
  jira: 'Jira',
  notion: 'Notion',
  confluence: 'Confluence',
  grafana: 'Grafana',
  datadog: 'Datadog',
  alertmanager: 'Alertmanager',
  teams: 'Microsoft Teams',
}

/** Where a simulated vendor stands in the server. */
export const vendorPath = (vendor: keyof VendorDoubles) => `/sandbox/${vendor}`

/**
 * Every vendor, with the data that it starts with.
 * @param clusters what the workflows of GitHub deploy to
 * @param speed simulated seconds in a real one, for workflows; absent = 1
 */
export function createVendors(clusters: ClusterDoubles, speed: { readonly speed?: number }): VendorDoubles {
  return {
    github: createGithubDouble({
      seed: githubSeed,
      basePath: vendorPath('github'),
      onDispatch: (repository, inputs, ms) => deployLater(clusters, repository, inputs, ms),
      ...speed,
    }),
    jira: createJiraDouble({ seed: jiraSeed, edition: 'cloud', basePath: vendorPath('jira') }),
    notion: createNotionDouble({ seed: notionSeed, basePath: vendorPath('notion') }),
    confluence: createConfluenceDouble({ seed: confluenceSeed, edition: 'cloud', basePath: vendorPath('confluence') }),
    grafana: createGrafanaDouble({ seed: grafanaSeed, basePath: vendorPath('grafana') }),
    datadog: createDatadogDouble({ seed: datadogSeed, basePath: vendorPath('datadog') }),
    alertmanager: createAlertmanagerDouble({ seed: alertmanagerSeed, basePath: vendorPath('alertmanager') }),
    teams: createTeamsDouble({ seed: teamsSeed, basePath: vendorPath('teams') }),
  }
}
