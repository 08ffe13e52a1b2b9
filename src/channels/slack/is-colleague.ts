import type { SlackChannel } from './channel.ts'

/** Of the workspace (or the organisation) that their address names, where NOX is installed: a person, not a bot and nobody of a shared channel. */
export async function isColleague(
  channel: Pick<SlackChannel, 'installations' | 'people'>,
  tenantId: string,
  userId: string,
): Promise<boolean> {
  const [reached, profile] = await Promise.all([
    channel.installations.reach(tenantId, userId),
    channel.people.profileOf(tenantId, userId).catch(() => null),
  ])
  if (!reached || !profile || profile.isBot) return false
  const { installation } = reached
  return (installation.isOrgWide ? profile.enterpriseId : profile.teamId) === installation.workspaceId
}
