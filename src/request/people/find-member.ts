import type { Services } from '../../actions/services.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { NoxError } from '../../errors.ts'
import { defaultMember, withRole } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { placesOf, warnOfPlaces } from '../billing/places.ts'
import { comeBack } from './come-back.ts'

/** Slack does not tell who someone is: they are asked to try again, and nobody is let in on a guess. */
export class UntoldPersonError extends NoxError {
  constructor() {
    super('unreachable', 'Slack does not tell who this person is', { forPerson: phrase('refused.untold') })
  }
}

/**
 * As `findWriter`.
 * @throws UntoldPersonError where Slack does not tell
 */
export async function findMember(services: Services, tenant: Tenant, userId: string): Promise<Member> {
  const member = await findWriter(services, tenant, userId)
  if (member) return member
  throw new UntoldPersonError()
}

/**
 * The member that speaks; who speaks for the first time becomes one, with the defaults of the tenant's kind. Who is a
 * guest in Slack is one here. Who left with their workspace comes back with it, as new. `null` = Slack does not tell
 * yet: they are nobody, and have no right at all.
 */
export async function findWriter(services: Services, tenant: Tenant, userId: string): Promise<Member | null> {
  const known = await services.knowledge.member(tenant.id, userId)
  if (known && known.leftWith === undefined) return known
  // A freelance's workspace may be full of clients: who comes there is a guest until the freelance says otherwise.
  const isGuest = tenant.kind === 'individual' || (await isGuestThere(services, tenant, userId))
  if (isGuest === null) return null
  const role = isGuest ? 'guest' : 'member'
  const places = placesOf(services, tenant)
  const identity = { tenantId: tenant.id, id: services.newId(), slackUserId: userId, name: userId }
  const member = known
    ? await comeBack(services, withRole(known, tenant.kind, role, []), places)
    : await services.storage.members.create(defaultMember(tenant.kind, role, identity), places)
  services.knowledge.drop(tenant.id)
  void warnOfPlaces(services, tenant).catch((error: unknown) =>
    services.log.warn({ err: error, tenant: tenant.id }, 'a limit of the plan could not be told'),
  )
  if (member.name === userId) void learnName(services, member)
  return member
}

async function isGuestThere(
  { people, log }: Services,
  { id: tenant }: Tenant,
  userId: string,
): Promise<boolean | null> {
  return people.isGuest(tenant, userId).catch((error: unknown) => {
    log.warn({ err: error, tenant }, 'who a newcomer is could not be learned; they are asked to write again')
    return null
  })
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

/** Someone of another company, or of whom Slack does not tell, for the ledger alone: never stored as a member, and nothing is open to them. */
export const outsider = (tenant: Tenant, userId: string): Member =>
  defaultMember('company', 'guest', { tenantId: tenant.id, id: 'outsider', slackUserId: userId, name: userId })
