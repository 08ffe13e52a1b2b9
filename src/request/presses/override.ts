import { adminsOf } from '../../actions/admins.ts'
import type { Decision } from '../../actions/decisions.ts'
import { auditEntry, describeAction, frameOf } from '../../actions/frames.ts'
import type { Actions } from '../../actions/index.ts'
import { quotaClaim } from '../../actions/quota.ts'
import type { Services } from '../../actions/services.ts'
import { tellExhausted } from '../../actions/tell-end.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import { questionOf } from '../../commands/question.ts'
import type { Action } from '../../domain/action.ts'
import type { Answer } from '../../domain/answer.ts'
import type { Member } from '../../domain/member.ts'
import { overrideEvent } from '../../domain/once.ts'
import { mayOverride } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'

/**
 * "Override" on a refusal or on a request of one's own: it runs for a reason, once, where the zones in the way name a
 * group of this person for that. Recorded before it starts, and told to the channel and the admins.
 */
export async function override(
  services: Services,
  actions: Actions,
  snapshot: TenantSnapshot,
  member: Member,
  action: Action,
  reason: string,
): Promise<Decision> {
  const command = services.findCommand(action.command)
  if (!command) return { say: phrase('error.order') }
  if (member.slackUserId !== action.userId) {
    const person = await services.people.nameOf(action.tenantId, action.userId)
    return { say: phrase('cancel.notYours', { n: String(action.number), person }) }
  }
  if (reason === '') return { say: phrase('override.reason') }
  const now = services.now()
  if (!mayOverride(member, snapshot.zones, questionOf(command, action.args, snapshot.knowledge))) {
    const refused = auditEntry(action, 'refused', now, { rule: 'override', reason }, member.slackUserId)
    await services.storage.audit.append(action.tenantId, refused)
    return { say: phrase('override.refused') }
  }
  const loudly = (decision: Decision): Decision => ({
    ...decision,
    afterwards: async () => {
      await tellTeam(services, snapshot, action, reason)
      await decision.afterwards?.()
    },
  })
  if (action.state === 'waiting') {
    const decision = await actions.decisions.override(action, member, reason)
    return decision.say ? decision : loudly(decision)
  }
  // What someone denied is decided: only a refusal of the rules is overridden.
  if (action.plan.kind !== 'tell' || action.plan.result !== 'refused') {
    return { say: phrase('wait.gone', { state: phrase(`state.name.${action.state}`) }) }
  }
  const record = auditEntry(action, 'approved', now, { override: reason }, member.slackUserId)
  await services.storage.audit.append(action.tenantId, record)
  const accepted = await services.storage.ledger.accept({
    tenantId: action.tenantId,
    id: services.newId(),
    eventId: overrideEvent(action.id),
    memberId: member.id,
    userId: member.slackUserId,
    place: action.place,
    ...(action.messageTs === null ? {} : { messageTs: action.messageTs }),
    command: action.command,
    args: action.args,
    language: action.language,
    environment: action.environment,
    resource: action.resource,
    plan: { kind: 'run' },
    quota: quotaClaim(services, command, snapshot.knowledge.tenant, member),
    now,
    leaseMs: services.leaseMs,
  })
  if (accepted.kind === 'duplicate') {
    return { say: phrase('wait.gone', { state: phrase(`state.name.${accepted.action.state}`) }) }
  }
  if (accepted.kind === 'exhausted') {
    return { say: null, afterwards: () => tellExhausted(services, accepted.action, accepted) }
  }
  return loudly({ say: null, afterwards: () => actions.perform(accepted.action) })
}

/** Into the channel itself, not a thread, and to each admin: an override is never quiet. */
async function tellTeam(services: Services, snapshot: TenantSnapshot, action: Action, reason: string): Promise<void> {
  const { tenantId, environment: env, place } = action
  const { tenant } = snapshot.knowledge
  const frame = await frameOf(services, action)
  const words = {
    person: frame.action?.person ?? action.userId,
    action: describeAction(services, snapshot.knowledge, action),
    reason,
  }
  const title = env === null ? phrase('override.title.anywhere', words) : phrase('override.title', { ...words, env })
  const answer: Answer = { kind: 'notice', title }
  const admins = (await adminsOf(services, tenantId)).filter((each) => each.slackUserId !== action.userId)
  const channel = { ...frame, language: tenant.language, place: { ...place, threadTs: null } }
  const told = await Promise.allSettled([
    ...(place.kind === 'channel' ? [services.messenger.post(channel, answer, `${action.id}:override`)] : []),
    ...admins.map((each) => services.messenger.direct(tenantId, each.slackUserId, tenant.language, answer)),
  ])
  for (const each of told) {
    if (each.status === 'rejected')
      services.log.error({ err: each.reason, tenant: tenantId }, 'an override went untold')
  }
}
