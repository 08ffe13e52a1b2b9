import type { Installation } from '../../domain/tenant.ts'
import type { WebApi } from './web-api/client.ts'

/** Pages of an organisation's workspaces that are read: 100 each. */
const mostPages = 20

/**
 * What the calls need that Slack answers for one workspace at a time (`usergroups.list`, `users.list`): nothing for an
 * installation of one workspace, and `team_id` of each workspace that an org-wide installation was let into.
 */
export async function teamsOf(
  api: WebApi,
  installation: Installation,
): Promise<readonly { readonly team_id?: string }[]> {
  if (!installation.isOrgWide) return [{}]
  const teams: { team_id: string }[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const reply = await api.call(installation.botToken, 'auth.teams.list', { limit: 100, cursor }, { repeat: 'always' })
    const listed = Array.isArray(reply.teams) ? (reply.teams as readonly { readonly id?: unknown }[]) : []
    teams.push(...listed.flatMap(({ id }) => (typeof id === 'string' ? [{ team_id: id }] : [])))
    cursor = (reply.response_metadata as { next_cursor?: string } | undefined)?.next_cursor || undefined
    if (cursor === undefined) break
  }
  return teams
}
