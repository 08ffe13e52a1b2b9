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
}

/**
 * Does a word of the team make a change that its maker may not make at once? An innocent word would lend its maker the
 * rights of whoever says it. What the rules leave to the decision itself (approving) is lent by any word of another.
 */
export async function isLent(
  services: Services,
  { knowledge, zones }: TenantSnapshot,
  member: Member,
  { command, filled, origin }: Order,
): Promise<boolean> {
  const { alias } = origin
  if (!alias || command.words.effect === 'read') return false
  const known = aliasCalled(knowledge.aliases, alias.name)
  if (known?.createdBy === member.slackUserId) return false
  const maker = known && (await services.knowledge.member(member.tenantId, known.createdBy))
  const question = questionOf(command, filled.args, knowledge)
  if (!maker || (question.action === null && !question.needs)) return true
  const { verdict } = decide(maker, zones, question)
  return verdict !== 'yes' && verdict !== 'confirm'
}
