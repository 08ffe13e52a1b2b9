import type { Action } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Member } from '../domain/member.ts'
import { phrase } from '../texts/phrase.ts'
import { describeAction, frameOf } from './frames.ts'
import { exhaustedAnswer } from './refusal.ts'
import type { Services } from './services.ts'
import { threadOf } from './thread-of.ts'

/** Turns the message of an action that has ended into its end, and the direct messages that asked about it. */
export async function tellEnd(
  services: Services,
  action: Action,
  answer: Answer,
  options: { readonly ring?: boolean } = {},
): Promise<void> {
  const frame = await frameOf(services, action)
  if (action.messageTs === null) await services.messenger.post(frame, answer, `${action.id}:end`)
  else await services.messenger.update(frame, action.messageTs, answer)
  if (options.ring) {
    const mention = { kind: 'mention', userId: action.userId } as const
    const line: Answer = { kind: 'outcome', title: phrase('approval.ring', { mention, what: answer.title }) }
    const { action: _, ...plainFrame } = frame
    await services.messenger
      .post(plainFrame, line, `${action.id}:end:ring`)
      .catch((error: unknown) => services.log.warn({ err: error, action: action.id }, 'a person could not be rung'))
  }
  await closeDirects(services, action, answer)
}

/** The direct messages of approvers say how it ended; their buttons go. */
export async function closeDirects(services: Services, action: Action, answer: Answer): Promise<void> {
  const frame = await frameOf(services, action)
  const { knowledge } = await services.knowledge.snapshot(action.tenantId)
  const directs = action.waiting?.directs ?? []
  const context = directs.length > 0 ? await threadOf(services, action) : []
  for (const direct of directs) {
    const place = { channel: 'slack', conversationId: direct.conversationId, threadTs: null, kind: 'direct' } as const
    const there = { ...frame, place, language: knowledge.tenant.language }
    await services.messenger
      .update(there, direct.ts, { kind: answer.kind, title: answer.title, context })
      .catch((error: unknown) => services.log.warn({ err: error, action: action.id }, 'a direct message stays open'))
  }
}

/** Rings who asked: someone else decided, and it starts now. */
export async function tellApproved(services: Services, action: Action, by: Member): Promise<void> {
  const { knowledge } = await services.knowledge.snapshot(action.tenantId)
  const approver = await services.people.nameOf(action.tenantId, by.slackUserId)
  const described = describeAction(services, knowledge, action)
  const title = phrase('approval.approved', { approver, action: described })
  const { action: _, ...frame } = await frameOf(services, action)
  const mention = { kind: 'mention', userId: action.userId } as const
  const line: Answer = { kind: 'outcome', title: phrase('approval.ring', { mention, what: title }) }
  await services.messenger
    .post(frame, line, `${action.id}:approved`)
    .catch((error: unknown) => services.log.warn({ err: error, action: action.id }, 'an approval could not be told'))
  await closeDirects(services, action, { kind: 'outcome', title })
}

/** An approved or confirmed order for which no quota is left. */
export async function tellExhausted(
  services: Services,
  action: Action,
  exhausted: { readonly which: 'day' | 'month'; readonly limit: number },
): Promise<void> {
  const { knowledge } = await services.knowledge.snapshot(action.tenantId)
  await tellEnd(services, action, exhaustedAnswer(services, knowledge, action, exhausted))
}
