import type { Services } from '../actions/services.ts'
import type { Member } from '../domain/member.ts'
import type { Tenant } from '../domain/tenant.ts'
import { defaultMember } from '../permissions/index.ts'
import { placesOf, warnOfPlaces } from './billing/places.ts'

/**
 * The member that speaks; who speaks for the first time becomes one, with the defaults of the tenant's kind. Who is a
 * guest in Slack is one here. Rejects where Slack does not tell.
 */
export async function findMember(services: Services, tenant: Tenant, userId: string): Promise<Member> {
  const known = await services.knowledge.member(tenant.id, userId)
  if (known) return known
  // A freelance's workspace may be full of clients: who comes there is a guest until the freelance says otherwise.
  const isGuest = tenant.kind === 'individual' || (await services.people.isGuest(tenant.id, userId))
  const fresh = defaultMember(tenant.kind, isGuest ? 'guest' : 'member', {
    tenantId: tenant.id,
    id: services.newId(),
    slackUserId: userId,
    name: userId,
  })
  const member = await services.storage.members.create(fresh, placesOf(services, tenant))
  services.knowledge.drop(tenant.id)
  void warnOfPlaces(services, tenant).catch((error: unknown) =>
    services.log.warn({ err: error, tenant: tenant.id }, 'a limit of the plan could not be told'),
  )
  if (member.name === userId) void learnName(services, member)
  return member
}

/** The channel may take a while to tell a name: nobody waits for it. */
async function learnName(services: Services, member: Member): Promise<void> {
  try {
    const name = await services.people.nameOf(member.tenantId, member.slackUserId)
    if (name === member.name) return
    await services.storage.members.rename(member.tenantId, member.id, name)
    services.knowledge.drop(member.tenantId)
  } catch (error) {
    services.log.warn({ err: error, tenant: member.tenantId }, 'the name of a new member could not be learned')
  }
}

/** Someone of another company, for the ledger alone: never stored as a member, and nothing is open to them. */
export const outsider = (tenant: Tenant, userId: string): Member =>
  defaultMember('company', 'guest', { tenantId: tenant.id, id: 'outsider', slackUserId: userId, name: userId })
