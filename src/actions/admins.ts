import type { Member } from '../domain/member.ts'
import { mayConfigure } from '../permissions/index.ts'
import type { Services } from './services.ts'

/** Those who may connect clusters and fill the catalogue. */
export async function adminsOf(services: Services, tenantId: string): Promise<readonly Member[]> {
  const members = await services.storage.members.list(tenantId)
  return members.filter(mayConfigure)
}
