import type { SlackChannel } from './channel.ts'

/** Of the workspace (or the organisation) that installed NOX: a person, not a bot and nobody of a shared channel. */
export async function isColleague(
  channel: Pick<SlackChannel, 'installations' | 'people'>,
  tenantId: string,
  userId: string,
): Promise<boolean> {
  const [installation, profile] = await Promise.all([
    channel.installations.ofTenant(tenantId),
    channel.people.profileOf(tenantId, userId).catch(() => null),
  ])
  if (!installation || !profile || profile.isBot) return false
  return (installation.isOrgWide ? profile.enterpriseId : profile.teamId) === installation.workspaceId
}
