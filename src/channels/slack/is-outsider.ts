import type { SlackChannel } from './channel.ts'

type Known = Pick<SlackChannel, 'installations' | 'people'>

/** What an event says of where its author comes from. */
interface Envelope {
  readonly is_ext_shared_channel?: boolean
  readonly event?: { readonly user_team?: string; readonly source_team?: string }
}

/**
 * Whether an author belongs to another company, in a channel that two share (Slack Connect). Where the event does not
 * tell, Slack is asked; where Slack does not answer, the author counts as one.
 */
export async function isOutsider(channel: Known, tenantId: string, userId: string, body: unknown): Promise<boolean> {
  const { is_ext_shared_channel: isShared, event } = body as Envelope
  return isShared === true && isForeign(channel, tenantId, userId, event?.user_team ?? event?.source_team)
}

/**
 * Whether a person belongs to another company than the installation. `home` is the workspace that the request names for
 * them; where it does not tell, Slack is asked, and where Slack does not answer, they count as foreign.
 */
export async function isForeign(
  channel: Known,
  tenantId: string,
  userId: string,
  home: string | undefined,
): Promise<boolean> {
  const installation = (await channel.installations.reach(tenantId, userId))?.installation
  if (!installation) return true
  if (!installation.isOrgWide && home !== undefined) return home !== installation.workspaceId
  const profile = await channel.people.profileOf(tenantId, userId).catch(() => null)
  if (!profile) return true
  return (installation.isOrgWide ? profile.enterpriseId : profile.teamId) !== installation.workspaceId
}
