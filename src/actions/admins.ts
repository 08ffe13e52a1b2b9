import type { Answer } from '../domain/answer.ts'
import type { Language } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import { mayConfigure } from '../permissions/index.ts'
import type { Services } from './services.ts'

/** Those who may connect clusters and fill the catalogue. */
export async function adminsOf(services: Services, tenantId: string): Promise<readonly Member[]> {
  const members = await services.storage.members.list(tenantId)
  return members.filter(mayConfigure)
}

/** Admins who get a direct message. */
const mostTold = 3

/** Tells some admins in a direct message each; false = none of them could be told. */
export async function tellAdmins(
  services: Services,
  tenantId: string,
  language: Language,
  answer: Answer,
): Promise<boolean> {
  const admins = (await adminsOf(services, tenantId)).slice(0, mostTold)
  const told = await Promise.allSettled(
    admins.map(({ slackUserId }) => services.messenger.direct(tenantId, slackUserId, language, answer)),
  )
  return told.some(({ status }) => status === 'fulfilled')
}
