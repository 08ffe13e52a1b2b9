import type { Member } from '../../domain/member.ts'
import type { Plan } from '../../domain/plans.ts'

/** Who gives NOX another name. */
export const mayLook = (member: Member): boolean => member.removedAt === undefined && member.role === 'admin'

/** May NOX post with another name and icon? */
export const hasLook = (plan: Plan): boolean => plan.extras.includes('white-label')
