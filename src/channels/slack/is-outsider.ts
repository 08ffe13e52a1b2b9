import type { SlackChannel } from './channel.ts'

/** What an event says of where its author comes from. */
interface Envelope {
  readonly is_ext_shared_channel?: boolean
  readonly event?: { readonly user_team?: string; readonly source_team?: string }
}

/**
 * Whether an author belongs to another company, in a channel that two share (Slack Connect). Where the event does not
 * tell, Slack is asked; where Slack does not answer, the author counts as one.
 */
export async function isOutsider(
  channel: Pick<SlackChannel, 'installations' | 'people'>,
  tenantId: string,
  userId: string,
  body: unknown,
): Promise<boolean> {
  const { is_ext_shared_channel: isShared, event } = body as Envelope
  if (isShared !== true) return false
  const installation = await channel.installations.ofTenant(tenantId)
  if (!installation) return true
  const home = event?.user_team ?? event?.source_team
  if (!installation.isOrgWide && home !== undefined) return home !== installation.workspaceId
  const profile = await channel.people.profileOf(tenantId, userId).catch(() => null)
  if (!profile) return true
  return (installation.isOrgWide ? profile.enterpriseId : profile.teamId) !== installation.workspaceId
}
