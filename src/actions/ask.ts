import type { Preview } from '../commands/command.ts'
import { questionOf } from '../commands/question.ts'
import type { Action, ActionPlan, WaitingDetails, WaitingFor } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Member } from '../domain/member.ts'
import type { PostOptions } from '../domain/messenger.ts'
import { mayOverride } from '../permissions/index.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { approvalsGiven, approvers } from './approvers.ts'
import { approvalAnswer, confirmationAnswer } from './ask-answers.ts'
import { auditEntry, describeAction, frameOf } from './frames.ts'
import { previewOf } from './look-before.ts'
import { placeKey } from './place-key.ts'
import type { Services } from './services.ts'
import { closeDirects } from './tell-end.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'
import { threadOf } from './thread-of.ts'

/** A question waits 10 minutes (the message book, 3.6); an approval until the end of a working day (ms). */
const patience: Record<WaitingFor, number> = {
  argument: 10 * 60_000,
  confirmation: 10 * 60_000,
  approval: 8 * 3_600_000,
}
/** Direct messages that one request sends. */
const mostDirects = 10
/** People whom a request rings in its thread; the others are counted. */
const mostRung = 5

/** Puts an action's question into its thread and lets it wait: durably first, so that a press finds it. */
export async function ask(
  services: Services,
  accepted: Action,
  plan: ActionPlan & { kind: 'ask' },
  again?: { readonly preview: Preview | null; readonly note: Phrase },
  settled?: Pick<Action, 'args' | 'environment' | 'resource'>,
): Promise<void> {
  const action = { ...accepted, ...settled }
  const { ledger } = services.storage
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const isOpen = plan.waitingFor === 'argument'
  const preview = again ? again.preview : isOpen ? null : await previewOf(services, action, snapshot)
  const place = isOpen ? undefined : placeKey(snapshot.knowledge, action.args)
  const { pods: _, ...change } = preview ?? {}
  const facts = { ...change, ...(place === undefined ? {} : { place }) }
  const waiting: WaitingDetails = Object.keys(facts).length > 0 ? { ...plan.waiting, facts } : plan.waiting
  const expiresAt = services.now() + patience[plan.waitingFor]
  const requested =
    plan.waitingFor === 'approval'
      ? auditEntry(action, 'requested', services.now(), { group: waiting.group ?? null })
      : undefined
  const state = { waitingFor: plan.waitingFor, waiting, expiresAt }
  if (!(await ledger.wait(action.tenantId, action.id, action.fence, state, requested, settled))) return
  const waits: Action = { ...action, ...state, state: 'waiting' }
  await tellWaiting(services, waits, snapshot, preview, plan.answer, again?.note)
  if (plan.waitingFor === 'approval') await ringApprovers(services, waits, snapshot)
}

/** A line in the thread that mentions those who may approve: an edit, or a name, rings nobody. */
export async function ringApprovers(
  services: Services,
  action: Action,
  snapshot: TenantSnapshot,
  how: PostOptions = {},
): Promise<void> {
  const group = action.waiting?.group
  const isNamed = (member: Member) => Number(group !== undefined && member.groups.includes(group))
  const able = [...(await approvers(services, action, snapshot))].sort((a, b) => isNamed(b) - isNamed(a))
  if (able.length === 0) return
  const mentions = able.slice(0, mostRung).map(({ slackUserId: userId }) => ({ kind: 'mention', userId }) as const)
  const hidden = able.length - mentions.length
  const title = phrase('approval.rings', {
    mentions: { kind: 'list', items: mentions },
    more: hidden > 0 ? phrase('approval.rings.more', { n: hidden }) : '',
    n: String(action.number),
  })
  const { action: _, ...frame } = await frameOf(services, action)
  await services.messenger
    .post(frame, { kind: 'outcome', title }, `${action.id}:rings:${action.fence}`, how)
    .catch((error: unknown) => services.log.warn({ err: error, action: action.id }, 'nobody could be rung'))
}

/** Posts the message of a waiting action, and asks its approvers directly. @param how where it may be posted already */
export async function tellWaiting(
  services: Services,
  action: Action,
  snapshot: TenantSnapshot,
  preview: Preview | null,
  prepared?: Answer,
  note?: Phrase,
  how: PostOptions = {},
): Promise<void> {
  const { ledger } = services.storage
  const { tenantId, id } = action
  const key = `${id}:ask:${action.fence}`
  const frame = await frameOf(services, action)
  const person = frame.action?.person ?? action.userId
  const described = describeAction(services, snapshot.knowledge, action)
  const noted = { given: await approvalsGiven(services, action, snapshot), ...(note ? { note } : {}) }
  const answer =
    action.waitingFor === 'approval'
      ? approvalAnswer(action, described, person, preview, {
          withdraw: true,
          override: await mayPass(services, action, snapshot),
          ...noted,
        })
      : (prepared ?? confirmationAnswer(action, described, preview, note))
  if (action.messageTs === null) {
    const ts = await services.messenger.post(frame, answer, key, how)
    await ledger.setWaitingMessage(tenantId, id, ts)
  } else {
    await services.messenger.update(frame, action.messageTs, answer)
  }
  if (action.waitingFor !== 'approval') return
  const context = await threadOf(services, action)
  const direct = { ...approvalAnswer(action, described, person, preview, { withdraw: false, ...noted }), context }
  const directs: NonNullable<WaitingDetails['directs']>[number][] = []
  for (const approver of (await approvers(services, action, snapshot)).slice(0, mostDirects)) {
    try {
      const userId = approver.slackUserId
      const { language } = snapshot.knowledge.tenant
      const told = { key: `${key} ${userId}`, ...how }
      const sent = await services.messenger.direct(tenantId, userId, language, direct, frame, told)
      directs.push({ userId, ...sent })
    } catch (error) {
      services.log.warn({ err: error, tenant: tenantId, action: id }, 'an approver could not be asked directly')
    }
  }
  if (directs.length === 0) return
  const waiting = await ledger.setDirects(tenantId, id, directs)
  if (waiting) {
    // Someone was quicker than the last of these messages.
    if ((waiting.approvals?.length ?? 0) > 0) await tellProgress(services, { ...action, waiting }, snapshot)
    return
  }
  const { state } = (await ledger.find(tenantId, id)) ?? action
  const title = phrase('wait.gone', { state: phrase(`state.name.${state}`) })
  await closeDirects(services, { ...action, waiting: { ...action.waiting, directs } }, { kind: 'notice', title })
}

/** An approval more: every copy of a request says so, and nobody is asked twice. */
export async function tellProgress(services: Services, action: Action, snapshot: TenantSnapshot): Promise<void> {
  const frame = await frameOf(services, action)
  const person = frame.action?.person ?? action.userId
  const described = describeAction(services, snapshot.knowledge, action)
  const { before, after, ...rest } = action.waiting?.facts ?? {}
  const facts = before === undefined || after === undefined ? null : { before, after, ...rest }
  const given = await approvalsGiven(services, action, snapshot)
  const draw = (options: { withdraw: boolean; override?: boolean }) =>
    approvalAnswer(action, described, person, facts, { ...options, given })
  if (action.messageTs !== null) {
    const answer = draw({ withdraw: true, override: await mayPass(services, action, snapshot) })
    await services.messenger.update(frame, action.messageTs, answer)
  }
  const language = snapshot.knowledge.tenant.language
  const directs = action.waiting?.directs ?? []
  const context = directs.length > 0 ? await threadOf(services, action) : []
  for (const { conversationId, ts } of directs) {
    const place = { channel: 'slack', conversationId, threadTs: null, kind: 'direct' } as const
    await services.messenger
      .update({ ...frame, place, language }, ts, { ...draw({ withdraw: false }), context })
      .catch((error: unknown) =>
        services.log.warn({ err: error, action: action.id }, 'a direct message is out of date'),
      )
  }
}

/** May who asked go through it in an emergency? */
async function mayPass(services: Services, action: Action, snapshot: TenantSnapshot): Promise<boolean> {
  const command = services.findCommand(action.command)
  const member = await services.knowledge.member(action.tenantId, action.userId)
  if (!command || !member) return false
  return mayOverride(member, snapshot.zones, questionOf(command, action.args, snapshot.knowledge))
}
