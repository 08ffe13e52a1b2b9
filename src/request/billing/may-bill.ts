import type { Services } from '../../actions/services.ts'
import type { Member } from '../../domain/member.ts'

/** Who sees prices and invoices, and changes the plan. */
export const mayBill = (member: Member): boolean =>
  member.removedAt === undefined && member.role !== 'guest' && member.flags.canManageBilling

/** Those who may change the plan, by name. */
export async function billersOf(services: Services, tenantId: string): Promise<readonly Member[]> {
  return (await services.storage.members.list(tenantId)).filter(mayBill)
}
