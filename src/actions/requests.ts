import type { Action } from '../domain/action.ts'
import type { Member } from '../domain/member.ts'
import { mayDecide } from './approvers.ts'
import type { Services } from './services.ts'

/** Waiting actions that are looked through: more than a tenant ever has. */
const lookedThrough = 100

/** Requests that wait for a member's decision, newest first. */
export async function requestsFor(
  services: Services,
  tenantId: string,
  member: Member,
  limit: number,
): Promise<readonly Action[]> {
  const snapshot = await services.knowledge.snapshot(tenantId)
  const waiting = await services.storage.ledger.list(tenantId, { states: ['waiting'], limit: lookedThrough })
  return waiting
    .filter((action) => action.waitingFor === 'approval' && mayDecide(services, action, snapshot, member))
    .slice(0, limit)
}

/** Requests of a member's own that wait for somebody's decision, newest first. */
export async function requestsOf(
  { storage }: Services,
  tenantId: string,
  { slackUserId: userId }: Member,
  limit: number,
): Promise<readonly Action[]> {
  const waiting = await storage.ledger.list(tenantId, { userId, states: ['waiting'], limit: lookedThrough })
  return waiting.filter(({ waitingFor }) => waitingFor === 'approval').slice(0, limit)
}
