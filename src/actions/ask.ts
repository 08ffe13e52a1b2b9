import type { Command, Preview } from '../commands/command.ts'
import type { Action, ActionPlan, WaitingDetails, WaitingFor } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Member } from '../domain/member.ts'
import { NoxError } from '../errors.ts'
import { mayApprove } from '../permissions/index.ts'
import type { Phrase } from '../texts/phrase.ts'
import { approvalAnswer, confirmationAnswer } from './ask-answers.ts'
import { commandContext } from './context.ts'
import { auditEntry, describeAction, frameOf } from './frames.ts'
import { questionOf } from './question.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** A question waits 10 minutes (the message book, 3.6); an approval until the end of a working day (ms). */
const patience: Record<WaitingFor, number> = {
  argument: 10 * 60_000,
  confirmation: 10 * 60_000,
  approval: 8 * 3_600_000,
}
/** What may be compared before a question is asked without it (ms). */
const previewPatience = 4_000
/** Direct messages that one request sends. */
const mostDirects = 10

/** Puts an action's question into its thread and lets it wait: durably first, so that a press finds it. */
export async function ask(
  services: Services,
  action: Action,
  plan: ActionPlan & { kind: 'ask' },
  again?: { readonly preview: Preview; readonly note: Phrase },
): Promise<void> {
  const { ledger } = services.storage
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const preview =
    again?.preview ?? (plan.waitingFor === 'argument' ? null : await previewOf(services, action, snapshot))
  const waiting: WaitingDetails = preview
    ? { ...plan.waiting, facts: { before: preview.before, after: preview.after } }
    : plan.waiting
  const expiresAt = services.now() + patience[plan.waitingFor]
  const requested =
    plan.waitingFor === 'approval'
      ? auditEntry(action, 'requested', services.now(), { group: waiting.group ?? null })
      : undefined
  const state = { waitingFor: plan.waitingFor, waiting, expiresAt }
  if (!(await ledger.wait(action.tenantId, action.id, action.fence, state, requested))) return
  await tellWaiting(services, { ...action, ...state, state: 'waiting' }, snapshot, preview, plan.answer, again?.note)
}

/** Posts the message of a waiting action, and asks its approvers directly. */
export async function tellWaiting(
  services: Services,
  action: Action,
  snapshot: TenantSnapshot,
  preview: Preview | null,
  prepared?: Answer,
  note?: Phrase,
): Promise<void> {
  const { ledger } = services.storage
  const { tenantId, id } = action
  const frame = await frameOf(services, action)
  const person = frame.action?.person ?? action.userId
  const described = describeAction(services, snapshot.knowledge, action)
  const noted = note ? { note } : {}
  const answer =
    action.waitingFor === 'approval'
      ? approvalAnswer(action, described, person, preview, { withdraw: true, ...noted })
      : (prepared ?? confirmationAnswer(action, described, preview, note))
  if (action.messageTs === null) {
    const ts = await services.messenger.post(frame, answer, `${id}:ask:${action.fence}`)
    await ledger.setWaitingMessage(tenantId, id, ts)
  } else {
    await services.messenger.update(frame, action.messageTs, answer)
  }
  if (action.waitingFor !== 'approval') return
  const direct = approvalAnswer(action, described, person, preview, { withdraw: false, ...noted })
  const directs: NonNullable<WaitingDetails['directs']>[number][] = []
  for (const approver of (await approvers(services, action, snapshot)).slice(0, mostDirects)) {
    try {
      const userId = approver.slackUserId
      const sent = await services.messenger.direct(tenantId, userId, snapshot.knowledge.tenant.language, direct, frame)
      directs.push({ userId, ...sent })
    } catch (error) {
      services.log.warn({ err: error, tenant: tenantId, action: id }, 'an approver could not be asked directly')
    }
  }
  if (directs.length === 0 || action.waitingFor === null || action.expiresAt === null) return
  const now = await ledger.find(tenantId, id)
  if (now?.state !== 'waiting' || now.waiting === null) return
  await ledger.setWaiting(tenantId, id, {
    waitingFor: 'approval',
    waiting: { ...now.waiting, directs },
    expiresAt: action.expiresAt,
  })
}

/** Who may approve this action: everybody whom the rules name, but not who asked. */
export async function approvers(
  services: Services,
  action: Action,
  snapshot: TenantSnapshot,
): Promise<readonly Member[]> {
  const command = services.findCommand(action.command)
  if (!command) return []
  const question = questionOf(command, action.args, snapshot.knowledge)
  const members = await services.storage.members.list(action.tenantId)
  return members.filter((member) => mayApprove(member, snapshot.zones, question, action.userId))
}

/** What would change, where the command can tell it soon; a question is asked without it otherwise. */
export async function previewOf(services: Services, action: Action, snapshot: TenantSnapshot): Promise<Preview | null> {
  const command: Command | undefined = services.findCommand(action.command)
  const member = await services.knowledge.member(action.tenantId, action.userId)
  if (!command?.preview || !member) return null
  const signal = AbortSignal.timeout(previewPatience)
  const context = commandContext(services, {
    action,
    member,
    snapshot,
    signal,
    resumed: false,
    progress: () => {},
    step: async () => {},
    decide: () => Promise.reject(new NoxError('internal', 'a preview decides nothing')),
  })
  return command.preview(context, action.args).catch((error: unknown) => {
    services.log.info({ err: error, action: action.id }, 'a question is asked without what would change')
    return null
  })
}
