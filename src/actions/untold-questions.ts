import { setTimeout as sleep } from 'node:timers/promises'
import type { Action } from '../domain/action.ts'
import type { Duty } from '../duties/create-duties.ts'
import { NoxError } from '../errors.ts'
import { ringApprovers, tellWaiting } from './ask.ts'
import { endWhereGone } from './end-where-gone.ts'
import { auditEntry } from './frames.ts'
import { previewOf } from './look-before.ts'
import type { Services } from './services.ts'

/** Questions that are asked at once. */
const atOnce = 50
/** A waiting action without a message for so long was cut off before it was asked (ms). */
const untoldAfter = 30_000
/** After the first attempt that failed, and at the most: each rest is twice as long as the one before (ms). */
const firstRest = 6_000
const longestRest = 5 * 60_000
/** Questions whose failures are kept in mind; more are tried sooner, oldest first. */
const mostResting = 10_000
/** What is under way as the process stops has so long (ms); another looks for what it posted. */
const settlePatience = 5_000

interface Rest {
  readonly failures: number
  readonly until: number
}

/**
 * Asks what was cut off before it was asked: ever more seldom while it can't be, until it expires; what nobody will ever
 * be asked ends, on record.
 */
export function untoldDuty(services: Services): Duty {
  const { ledger } = services.storage
  const resting = new Map<string, Rest>()
  const underWay = new Map<string, Promise<void>>()
  const isResting = (id: string) => underWay.has(id) || (resting.get(id)?.until ?? 0) > services.now()

  async function attempt(action: Action): Promise<void> {
    const { id, tenantId } = action
    try {
      await tellAgain(services, action)
      resting.delete(id)
    } catch (error) {
      if (error instanceof NoxError && error.code === 'not-found') {
        resting.delete(id)
        return endUntold(services, action, error)
      }
      const failures = (resting.get(id)?.failures ?? 0) + 1
      resting.delete(id)
      resting.set(id, { failures, until: services.now() + Math.min(longestRest, firstRest * 2 ** (failures - 1)) })
      if (resting.size > mostResting) resting.delete(resting.keys().next().value ?? '')
      services.log.warn({ err: error, tenant: tenantId, action: id, failures }, 'a question could not be asked')
    }
  }

  async function round(): Promise<void> {
    for (const action of await ledger.listUntold(services.now() - untoldAfter, atOnce, isResting)) {
      if (underWay.has(action.id)) continue
      const asked = attempt(action)
        .catch((error: unknown) =>
          services.log.error({ err: error, tenant: action.tenantId, action: action.id }, 'a question was not asked'),
        )
        .finally(() => underWay.delete(action.id))
      underWay.set(action.id, asked)
    }
  }

  return {
    name: 'untold questions',
    everyMs: 3_000,
    by: 'one, promptly',
    round,
    settled: async () => {
      await Promise.race([Promise.all(underWay.values()), sleep(settlePatience, undefined, { ref: false })])
    },
  }
}

/** A question that was cut off before it was asked is asked now; another process may have got as far as to post it. */
async function tellAgain(services: Services, action: Action): Promise<void> {
  if (await endWhereGone(services, action)) return
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const preview = action.waitingFor === 'argument' ? null : await previewOf(services, action, snapshot)
  const prepared = action.plan.kind === 'ask' ? action.plan.answer : undefined
  const how = { soughtSince: action.startedAt ?? action.createdAt }
  await tellWaiting(services, action, snapshot, preview, prepared, undefined, how)
  if (action.waitingFor === 'approval') await ringApprovers(services, action, snapshot, how)
}

/** Neither its thread nor who ordered it can be told any more: it would wait for nobody. */
async function endUntold(services: Services, action: Action, error: NoxError): Promise<void> {
  const now = services.now()
  const facts = { err: error, tenant: action.tenantId, action: action.id }
  services.log.error(facts, 'nobody can be asked about an action')
  const untold = typeof error.facts.code === 'string' ? error.facts.code : 'internal'
  const audit = auditEntry(action, 'failed', now, { untold })
  const ending = { state: 'failed', audit, giveBack: true, now } as const
  if (await services.storage.ledger.settle(action.tenantId, action.id, ending)) {
    services.metrics.actionEnded(action.command, 'failed', now - action.createdAt)
  }
}
