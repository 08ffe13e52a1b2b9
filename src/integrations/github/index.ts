import type { Connector } from '../../capabilities/connectors.ts'
import { sayRules } from './news-rules.ts'
import { checkGithub, githubSettings } from './settings.ts'

/** GitHub, on github.com or an Enterprise Server; octokit is loaded when a connection is first opened. */
export const github: Connector = {
  vendor: 'github',
  capabilities: ['repositories'],
  settings: githubSettings,
  tellsOwners: true,
  check: checkGithub,
  about: ({ settings }) => sayRules(settings),
  async open(connection, tools) {
    const { openGithub } = await import('./open.ts')
    return openGithub(connection, tools)
  },
  async readHook(request, connection) {
    const { readGithubHook } = await import('./webhook.ts')
    return readGithubHook(request, connection)
  },
}
