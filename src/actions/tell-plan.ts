import type { Action, ActionPlan } from '../domain/action.ts'
import type { PostOptions } from '../domain/messenger.ts'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { auditEntry, frameOf } from './frames.ts'
import type { Services } from './services.ts'
import { stopOf } from './why-stopped.ts'

/** What cannot be told for so long (ms) is not told any more. */
const patience = 30 * 60_000

type TellPlan = ActionPlan & { kind: 'tell' }

/**
 * Says what was decided at once: a refusal, or that nothing was understood. It ends with its record also where nobody can
 * be told: at once where that is for good, after half an hour where it might have passed.
 * @throws what the next lease may overcome
 */
export async function tellPlan(services: Services, action: Action, plan: TellPlan, signal: AbortSignal): Promise<void> {
  const { messenger } = services
  const frame = await frameOf(services, action)
  // Who took the action over says it.
  if (stopOf(signal)?.why === 'lost') throw signal.reason
  const { directs } = plan
  const unsent = directs ? await triedFor(services, action, () => sendDirects(services, action, directs)) : null
  const { answer, result } = unsent === null ? plan : unreached
  let posted = action.messageTs
  const untold = await triedFor(services, action, async () => {
    if (action.messageTs !== null) await messenger.update(frame, action.messageTs, answer, action.id)
    else posted = await messenger.post(frame, answer, action.id, soughtOf(action))
  })
  const why = untold ?? unsent
  const now = services.now()
  await services.storage.ledger.finish(action.tenantId, action.id, action.fence, {
    state: result,
    audit: auditEntry(action, result, now, why === null ? plan.details : { ...plan.details, untold: why }),
    giveBack: false,
    messageTs: posted,
    now,
  })
  services.metrics.actionEnded(action.command, result, now - action.createdAt)
}

/** Who died with it, or could tell only a part of it, may have told it. */
const soughtOf = ({ fence, startedAt, createdAt }: Action): PostOptions =>
  fence > 1 ? { soughtSince: startedAt ?? createdAt } : {}

/** Nobody whom the thread would name was reached. */
const unreached = {
  answer: { kind: 'outcome', title: phrase('tell.nobody') },
  result: 'failed',
} as const

/**
 * Why nobody was told, and never will be; `null` = it was done.
 * @throws what may pass, while there is time
 */
async function triedFor(services: Services, action: Action, tell: () => Promise<void>): Promise<string | null> {
  try {
    await tell()
    return null
  } catch (error) {
    const isLasting = error instanceof NoxError && error.code === 'not-found'
    if (!isLasting && services.now() - (action.startedAt ?? action.createdAt) < patience) throw error
    const facts = { err: error, tenant: action.tenantId, action: action.id }
    services.log.error(facts, isLasting ? 'nobody can be told of an action' : 'an action is not told any more')
    const code = (error instanceof NoxError && error.facts.code) || (error as { code?: unknown }).code
    return typeof code === 'string' ? code : 'internal'
  }
}

/** @throws where nobody at all could be reached: what the thread says would not be true */
async function sendDirects(
  services: Services,
  action: Action,
  { userIds, answer }: NonNullable<TellPlan['directs']>,
): Promise<void> {
  const { tenant } = (await services.knowledge.snapshot(action.tenantId)).knowledge
  const sent = await Promise.allSettled(
    userIds.map((userId) => {
      const how = { key: `${action.id} ${userId}`, ...soughtOf(action) }
      return services.messenger.direct(action.tenantId, userId, tenant.language, answer, undefined, how)
    }),
  )
  const failures = sent.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  if (failures.length < sent.length) return
  // One who may be reached yet is waited for.
  throw failures.find((each) => !(each instanceof NoxError)) ?? failures[0] ?? new NoxError('not-found', 'no receiver')
}
