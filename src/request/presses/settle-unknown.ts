import { approvalsGiven } from '../../actions/approvers.ts'
import { commandContext } from '../../actions/context.ts'
import { type Decision, planOf } from '../../actions/decisions.ts'
import { auditEntry, describeAction } from '../../actions/frames.ts'
import type { Actions } from '../../actions/index.ts'
import type { Services } from '../../actions/services.ts'
import { tellEnd } from '../../actions/tell-end.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import { questionOf } from '../../commands/question.ts'
import type { Action, ActionPlan } from '../../domain/action.ts'
import type { Member } from '../../domain/member.ts'
import { NoxError } from '../../errors.ts'
import { decide } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'

/** What the outside world gets to answer (ms). */
const probePatience = 10_000

/** The ways out of an uncertain end: look again, mark as done, try again. Who asked or an admin decides. */
export async function settleUnknown(
  services: Services,
  actions: Actions,
  snapshot: TenantSnapshot,
  member: Member,
  action: Action,
  act: 'recheck' | 'finished' | 'retry',
): Promise<Decision> {
  if (action.state !== 'unknown') {
    return { say: phrase('wait.gone', { state: phrase(`state.name.${action.state}`) }) }
  }
  if (member.slackUserId !== action.userId && member.role !== 'admin') {
    const person = await services.people.nameOf(action.tenantId, action.userId)
    return { say: phrase('cancel.notYours', { n: String(action.number), person }) }
  }
  if (act === 'retry') return tryAgain(services, actions, snapshot, member, action)
  if (act === 'finished') return finish(services, snapshot, member, action)
  return { say: null, afterwards: () => recheck(services, actions, snapshot, member, action) }
}

/** By the rights that who presses has now: the order may be weeks old. Approvals that it has go on counting. */
async function tryAgain(
  services: Services,
  actions: Actions,
  snapshot: TenantSnapshot,
  member: Member,
  action: Action,
): Promise<Decision> {
  const command = services.findCommand(action.command)
  if (!command) return { say: phrase('error.order') }
  const verdict = decide(member, snapshot.zones, questionOf(command, action.args, snapshot.knowledge))
  const needed = Math.max(action.waiting?.approversNeeded ?? 1, approversOf(verdict))
  const isApproved = (await approvalsGiven(services, action, snapshot)) >= needed
  if (verdict.verdict === 'no' && !(verdict.canAsk && isApproved)) {
    const refused = auditEntry(action, 'refused', services.now(), { rule: verdict.rule }, member.slackUserId)
    await services.storage.audit.append(action.tenantId, refused)
    return { say: verdict.reason }
  }
  return goOn(services, actions, action, false, isApproved ? { kind: 'run' } : planOf(verdict))
}

const approversOf = ({ requirement }: ReturnType<typeof decide>): number =>
  requirement?.kind === 'approval' ? requirement.approvers : 1

/** The action's own effects are safe to repeat: they carry its id. */
async function goOn(
  services: Services,
  actions: Actions,
  action: Action,
  resumed: boolean,
  plan: ActionPlan = { kind: 'run' },
): Promise<Decision> {
  const now = services.now()
  const begun = await services.storage.ledger.begin(action.tenantId, action.id, {
    now,
    leaseMs: services.leaseMs,
    quota: null,
    plan,
  })
  if (begun?.kind !== 'accepted') return { say: phrase('approval.decided') }
  return { say: null, afterwards: () => actions.perform(begun.action, { resumed }) }
}

async function finish(
  services: Services,
  { knowledge }: TenantSnapshot,
  member: Member,
  action: Action,
): Promise<Decision> {
  const now = services.now()
  const settled = await services.storage.ledger.settle(action.tenantId, action.id, {
    state: 'done',
    audit: auditEntry(action, 'done', now, { markedBy: member.slackUserId }, member.slackUserId),
    giveBack: false,
    now,
  })
  if (!settled) return { say: phrase('approval.decided') }
  const person = await services.people.nameOf(action.tenantId, member.slackUserId)
  const title = phrase('finished.title', { action: describeAction(services, knowledge, action) })
  const lines = [phrase('finished.done', { person })]
  return { say: null, afterwards: () => tellEnd(services, action, { kind: 'outcome', title, lines }) }
}

async function recheck(
  services: Services,
  actions: Actions,
  snapshot: TenantSnapshot,
  member: Member,
  action: Action,
): Promise<void> {
  const command = services.findCommand(action.command)
  const requester = (await services.knowledge.member(action.tenantId, action.userId)) ?? member
  const context = commandContext(services, {
    action,
    member: requester,
    snapshot,
    signal: AbortSignal.timeout(probePatience),
    resumed: true,
    progress: () => {},
    step: async () => {},
    decide: () => Promise.reject(new NoxError('internal', 'a recheck decides nothing')),
  })
  const found = (await command?.probe?.(context, action.args).catch(() => 'unknown' as const)) ?? 'unknown'
  if (found === 'done' || found === 'in-progress') {
    const { afterwards } = await goOn(services, actions, action, true)
    return afterwards?.()
  }
  const n = String(action.number)
  const key = found === 'not-started' ? 'recheck.notStarted' : 'recheck.unknown'
  const frame = { tenantId: action.tenantId, place: action.place, language: action.language }
  await services.messenger.whisper(frame, member.slackUserId, {
    kind: 'outcome',
    title: phrase(key, { n }),
    ephemeral: true,
  })
}
