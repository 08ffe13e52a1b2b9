import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { Command } from '../../commands/command.ts'
import { questionOf } from '../../commands/question.ts'
import type { Member } from '../../domain/member.ts'
import type { OrderOrigin } from '../../domain/origin.ts'
import { aliasCalled } from '../../language/alias-called.ts'
import { decide } from '../../permissions/index.ts'
import type { Filled } from './found.ts'

interface Order {
  readonly command: Command
  readonly filled: Filled
  readonly origin: OrderOrigin
  readonly lender?: string | undefined
}

/**
 * Does a word of the team, or an order that another gave in this thread since one's own, make a change that its maker may
 * not make at once? What looks innocent would lend them the rights of whoever goes on with it. What the rules leave to the decision itself
 * (approving) is lent by any word of another.
 */
export async function isLent(
  services: Services,
  { knowledge, zones }: TenantSnapshot,
  member: Member,
  { command, filled, origin, lender }: Order,
): Promise<boolean> {
  if (command.words.effect === 'read') return false
  const { alias } = origin
  const word = alias && aliasCalled(knowledge.aliases, alias.name)
  if (alias && !word) return true
  const makers = [word?.createdBy, lender, ...(filled.lenders ?? [])].filter((each) => each !== undefined)
  const question = questionOf(command, filled.args, knowledge)
  for (const userId of new Set(makers)) {
    if (userId === member.slackUserId) continue
    const maker = await services.knowledge.member(member.tenantId, userId)
    if (!maker || (question.action === null && !question.needs)) return true
    const { verdict } = decide(maker, zones, question)
    if (verdict !== 'yes' && verdict !== 'confirm') return true
  }
  return false
}
