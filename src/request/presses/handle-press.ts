import type { Decision } from '../../actions/decisions.ts'
import { auditEntry } from '../../actions/frames.ts'
import type { Actions } from '../../actions/index.ts'
import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { Action } from '../../domain/action.ts'
import type { Member } from '../../domain/member.ts'
import type { Press, Request } from '../../domain/request.ts'
import { decide } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { chooseArgument } from '../arguments/choose-argument.ts'
import { tellAdmins } from '../people/tell-admins.ts'
import { askForApproval } from './ask-for-approval.ts'
import { override } from './override.ts'
import { settleUnknown } from './settle-unknown.ts'

/** A button, menu or dialog on a message of NOX: decided once, with the presser's rights of this moment. */
export async function handlePress(
  services: Services,
  actions: Actions,
  request: Request,
  snapshot: TenantSnapshot,
  member: Member,
): Promise<void> {
  if (request.input.kind !== 'press') return
  const { press } = request.input
  const action = await services.storage.ledger.find(request.tenantId, press.actionId)
  const decision: Decision = action
    ? ((await refusalOf(services, snapshot, member, action, press)) ??
      (await decidePress(services, actions, snapshot, member, action, press)))
    : { say: phrase('error.order') }
  setImmediate(() => {
    afterwards(services, request, action, decision).catch((error: unknown) =>
      services.log.error({ err: error, tenant: request.tenantId, action: press.actionId }, 'a press was interrupted'),
    )
  })
}

/** Who may not use NOX at all (any more) presses nothing, whatever the message is; `null` = may. */
async function refusalOf(
  services: Services,
  { zones }: TenantSnapshot,
  member: Member,
  action: Action,
  { act }: Press,
): Promise<Decision | null> {
  const question = { command: action.command, action: null, effect: 'write', environment: null, resources: [] } as const
  const { verdict, rule, reason } = decide(member, zones, question)
  if (verdict !== 'no') return null
  const refused = auditEntry(action, 'refused', services.now(), { rule, act }, member.slackUserId)
  await services.storage.audit.append(action.tenantId, refused)
  return { say: reason }
}

function decidePress(
  services: Services,
  actions: Actions,
  snapshot: TenantSnapshot,
  member: Member,
  action: Action,
  press: Press,
): Promise<Decision> {
  const { decisions } = actions
  switch (press.act) {
    case 'approve':
      return decisions.approve(action, member)
    case 'deny':
      return decisions.deny(action, member, press.value?.trim() || undefined)
    case 'confirm':
      return decisions.confirm(action, member)
    case 'cancel':
    case 'withdraw':
      return decisions.cancel(action, member)
    case 'choose':
      return chooseArgument(services, actions, snapshot, member, action, press.value ?? '')
    case 'ask':
      return askForApproval(services, actions, snapshot, member, action)
    case 'override':
      return override(services, actions, snapshot, member, action, press.value?.trim() ?? '')
    case 'tell':
      return tellAdmins(services, actions, snapshot, member, action, press.value)
    case 'recheck':
    case 'finished':
    case 'retry':
      return settleUnknown(services, actions, snapshot, member, action, press.act)
  }
}

async function afterwards(
  services: Services,
  request: Request,
  action: Action | null,
  decision: Decision,
): Promise<void> {
  if (request.input.kind !== 'press') return
  if (decision.say) {
    const frame = { tenantId: request.tenantId, place: request.place, language: request.input.language }
    await services.messenger
      .whisper(frame, request.userId, { kind: 'outcome', title: decision.say, ephemeral: true })
      .catch((error: unknown) => services.log.warn({ err: error, action: action?.id }, 'a presser could not be told'))
  }
  await decision.afterwards?.()
}
