import { approvalBy } from '../../actions/approval-by.ts'
import { approvers } from '../../actions/approvers.ts'
import type { Decision } from '../../actions/decisions.ts'
import type { Actions } from '../../actions/index.ts'
import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import { questionOf } from '../../commands/question.ts'
import type { Action } from '../../domain/action.ts'
import type { Member } from '../../domain/member.ts'
import { askedEvent } from '../../domain/once.ts'
import { decide } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'

/** "Ask for approval" on a refusal: a new order that waits for others, in the message of the refused one; once. */
export async function askForApproval(
  services: Services,
  actions: Actions,
  snapshot: TenantSnapshot,
  member: Member,
  refused: Action,
): Promise<Decision> {
  const command = services.findCommand(refused.command)
  if (!command) return { say: phrase('error.order') }
  if (member.slackUserId !== refused.userId) {
    const person = await services.people.nameOf(refused.tenantId, refused.userId)
    return { say: phrase('action.notYours', { n: String(refused.number), person }) }
  }
  const decision = decide(member, snapshot.zones, questionOf(command, refused.args, snapshot.knowledge))
  if (decision.verdict === 'no' && !decision.canAsk) return { say: decision.reason }
  const waiting = approvalBy(decision)
  if ((await approvers(services, { ...refused, waiting }, snapshot)).length === 0) {
    return { say: phrase('approval.nobody', { group: waiting.group ?? '' }) }
  }
  const now = services.now()
  const accepted = await services.storage.ledger.accept({
    tenantId: refused.tenantId,
    id: services.newId(),
    eventId: askedEvent(refused.id),
    memberId: member.id,
    userId: member.slackUserId,
    place: refused.place,
    ...(refused.messageTs === null ? {} : { messageTs: refused.messageTs }),
    command: refused.command,
    args: refused.args,
    language: refused.language,
    environment: refused.environment,
    resource: refused.resource,
    plan: { kind: 'ask', waitingFor: 'approval', waiting },
    quota: null,
    now,
    leaseMs: services.leaseMs,
  })
  if (accepted.kind === 'duplicate') {
    return { say: phrase('wait.gone', { state: phrase(`state.name.${accepted.action.state}`) }) }
  }
  return { say: null, afterwards: () => actions.perform(accepted.action) }
}
