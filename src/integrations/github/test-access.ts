import type { CallOptions } from '../../capabilities/clusters.ts'
import type { ConnectionTest } from '../../capabilities/connectors.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import type { GithubClient } from './client.ts'

/** What the commands need of an App's installation, and the least of it. */
const needs = [
  ['contents', 'read'],
  ['pull_requests', 'read'],
  ['actions', 'write'],
  ['deployments', 'write'],
] as const

/** As whom NOX acts, and which rights that it needs are missing. A fine-grained token does not tell its rights. */
export async function testAccess(
  client: GithubClient,
  installationId: number,
  call: CallOptions,
): Promise<ConnectionTest> {
  const { octokit } = client
  if (client.isApp) {
    const { data } = await client.call(
      (request) => octokit.rest.apps.getInstallation({ installation_id: installationId, request }),
      call,
      String(installationId),
    )
    const granted = data.permissions as Readonly<Record<string, string | undefined>>
    const missing = needs
      .filter(([name, level]) => !(granted[name] === 'write' || granted[name] === level))
      .map((need) => need.join(': '))
    return { account: `${data.app_slug}[bot]`, missing }
  }
  const { data, headers } = await client.call((request) => octokit.rest.users.getAuthenticated({ request }), call)
  if (typeof data.login !== 'string') {
    throw new NoxError('vendor-refused', 'no user in the answer', {
      forPerson: phrase('error.vendor.address', { vendor: 'GitHub' }),
    })
  }
  const scopes = headers['x-oauth-scopes']
  const isClassic = typeof scopes === 'string' && scopes !== ''
  const hasRepo = !isClassic || scopes.split(/,\s*/).includes('repo')
  return { account: data.login, missing: hasRepo ? [] : ['repo'] }
}
