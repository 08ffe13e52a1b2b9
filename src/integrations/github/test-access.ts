import type { CallOptions } from '../../capabilities/clusters.ts'
import type { ConnectionTest } from '../../capabilities/connectors.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { listOf } from '../shared/read-answer.ts'
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
    const owner = data.account && 'login' in data.account ? data.account.login : undefined
    const owners = typeof owner === 'string' ? { owners: [owner.toLowerCase()] } : {}
    return { account: `${data.app_slug}[bot]`, missing, ...owners }
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
  const owners = await ownersOf(client, data.login, call)
  return { account: data.login, missing: hasRepo ? [] : ['repo'], ...(owners && { owners }) }
}

const pageSize = 100
/** Pages of repositories that are looked through: of more, nobody can tell whose all of them are. */
const mostPages = 10

/** Whose repositories a token reaches, itself included; `undefined` = it does not show. */
async function ownersOf(
  client: GithubClient,
  login: string,
  call: CallOptions,
): Promise<readonly string[] | undefined> {
  const { repos } = client.octokit.rest
  const owners = new Set([login.toLowerCase()])
  for (let page = 1; page <= mostPages; page += 1) {
    const asked = { sort: 'pushed', per_page: pageSize, page } as const
    const found = await client
      .call((request) => repos.listForAuthenticatedUser({ ...asked, request }), call)
      .catch((error: unknown) => {
        if (error instanceof NoxError && (error.code === 'forbidden' || error.code === 'not-found')) return null
        throw error
      })
    if (!found) return undefined
    const some = listOf<{ readonly full_name: string }>('GitHub', found.data, { full_name: 'text' }, ['full_name'])
    for (const { full_name } of some) owners.add(full_name.split('/')[0]?.toLowerCase() ?? '')
    if (some.length < pageSize) return [...owners].sort()
  }
  return undefined
}
