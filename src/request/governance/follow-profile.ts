import type { Services } from '../../actions/services.ts'
import { readAddress } from '../../domain/workspace-address.ts'
import { lowerGuest } from './lower-guest.ts'

/** What a channel tells of a person. */
interface ToldProfile {
  readonly name: string
  readonly isGuest: boolean
}

/** A member goes by the name that their channel has for them now, and has no more rights here than it lets them have. */
export async function followProfile(
  services: Services,
  tenantId: string,
  userId: string,
  { name, isGuest }: ToldProfile,
): Promise<void> {
  if (isGuest) await lowerGuest(services, tenantId, userId)
  const member = await services.knowledge.member(tenantId, userId)
  const isUntold = name === readAddress(userId).id
  if (!member || member.removedAt !== undefined || member.name === name || isUntold) return
  await services.storage.members.rename(tenantId, member.id, name)
  services.knowledge.drop(tenantId)
}
