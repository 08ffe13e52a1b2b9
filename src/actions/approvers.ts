import { questionOf } from '../commands/question.ts'
import type { Action } from '../domain/action.ts'
import type { Member } from '../domain/member.ts'
import { mayApprove } from '../permissions/index.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** May this member decide on this action now? */
export function mayDecide(services: Services, action: Action, snapshot: TenantSnapshot, member: Member): boolean {
  const command = services.findCommand(action.command)
  if (!command) return false
  const question = questionOf(command, action.args, snapshot.knowledge)
  return mayApprove(member, snapshot.zones, question, action.userId, action.waiting?.group)
}

/** Approvals of people who may give one still: who left the group since counts no more. */
export async function approvalsGiven(services: Services, action: Action, snapshot: TenantSnapshot): Promise<number> {
  const given = action.waiting?.approvals ?? []
  if (given.length === 0) return 0
  const able = await approvers(services, action, snapshot)
  return given.filter(({ userId }) => able.some((each) => each.slackUserId === userId)).length
}

/** Who may approve this action: everybody whom the rules name, but not who asked. */
export async function approvers(
  services: Services,
  action: Action,
  snapshot: TenantSnapshot,
): Promise<readonly Member[]> {
  const members = await services.storage.members.list(action.tenantId)
  return members.filter((member) => mayDecide(services, action, snapshot, member))
}
