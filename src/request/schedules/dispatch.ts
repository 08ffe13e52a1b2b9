import type { Actions } from '../../actions/index.ts'
import type { Services } from '../../actions/services.ts'
import { tellExhausted } from '../../actions/tell-end.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Member } from '../../domain/member.ts'
import { nextTimes } from '../../domain/recurrence.ts'
import type { Request } from '../../domain/request.ts'
import type { Schedule } from '../../domain/schedule.ts'
import { isOf } from '../../domain/workspace-address.ts'
import type { Accepted, NewAction } from '../../storage/types/ledger.ts'
import { newAction } from '../new-action.ts'
import { planReading } from '../words/plan-reading.ts'
import { endSchedule } from './end-schedules.ts'
import { scheduleAudit } from './schedule-audit.ts'
import { type TakenUp, takeUp } from './take-up.ts'
import { tellMissed } from './tell-missed.ts'

/** Schedules that one look takes up. */
const atOnce = 100

/** Gives the orders of schedules when they are due. Several of these at once give each order once. */
export interface ScheduleDispatch {
  /** One look at what is due. Rejects where the database does not answer. */
  look(signal?: AbortSignal): Promise<void>
}

/** Rights are read anew for each order; who is no member any more has their schedule ended. */
export function createScheduleDispatch(services: Services, actions: Actions): ScheduleDispatch {
  const { schedules } = services.storage

  async function move(tenantId: string, id: string): Promise<void> {
    const schedule = await schedules.find(tenantId, id)
    if (schedule?.state !== 'active') return
    const { timeZone } = (await services.knowledge.snapshot(tenantId)).knowledge.tenant
    const [nextDueAt = null] = await nextTimes(schedule.cron, timeZone, services.now(), 1)
    await schedules.setTimes(tenantId, id, { timeZone, nextDueAt })
  }

  async function run(tenantId: string, id: string): Promise<void> {
    const schedule = await schedules.find(tenantId, id)
    if (schedule?.state !== 'active') return
    const due = await takeUp(schedule, services.now())
    if (!due) return
    // Where NOX was uninstalled nobody would read what was done, nor could call it off.
    const isThere = await isInstalledAt(services, schedule)
    const taken = isThere ? due : { ...due, runs: false, missed: due.count }
    // A process that kept the person's rights of some seconds ago would give an order that they may give no more.
    services.knowledge.drop(tenantId)
    const member = await services.knowledge.member(tenantId, schedule.ownerId)
    if (!member || member.removedAt !== undefined) return endSchedule(services, schedule, 'nox')
    // Nobody would answer for it, nor could call it off, and Slack tells NOX nothing of who leaves.
    if (isThere && (await services.people.hasLeft(tenantId, schedule.ownerId))) {
      return endSchedule(services, schedule, 'nox', 'account.deactivated')
    }
    const action = taken.runs ? await actionOf(services, schedule, member, taken.last) : null
    const started = await schedules.startRun(tenantId, id, {
      from: schedule.nextDueAt ?? taken.last,
      dueAt: taken.last,
      nextDueAt: taken.next,
      action,
      ...(taken.missed > 0 ? { audit: missedEntry(services, schedule, taken, isThere) } : {}),
    })
    if (started === null || !isThere) return
    if (taken.missed > 0) await tellMissed(services, schedule, taken)
    if (started !== 'missed') follow(services, actions, started)
  }

  const quietly = (schedule: { tenantId: string; id: string }, work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) =>
      services.log.error(
        { err: error, tenant: schedule.tenantId, schedule: schedule.id },
        'a schedule was interrupted',
      ),
    )

  return {
    async look(signal) {
      for (const each of await schedules.listMoved(atOnce)) await quietly(each, move(each.tenantId, each.id))
      for (const each of await schedules.listDue(services.now(), atOnce)) {
        if (signal?.aborted) return
        await quietly(each, run(each.tenantId, each.id))
      }
    },
  }
}

/** The order as any other of its owner, with the rights and the catalogue of this moment. */
async function actionOf(services: Services, schedule: Schedule, member: Member, dueAt: number): Promise<NewAction> {
  const { tenantId, order, language, number, place, ownerId } = schedule
  const snapshot = await services.knowledge.snapshot(tenantId)
  const request: Request = {
    tenantId,
    userId: ownerId,
    eventId: `schedule:${schedule.id}:${dueAt}`,
    place,
    receivedAt: services.now(),
    input: { kind: 'order', order, language },
  }
  const origin = { schedule: number }
  // What would change was confirmed when it was scheduled; an approval is asked for each time.
  const reading = { kind: 'order', order, language, origin, confirmed: true, asks: false } as const
  const actionId = services.newId()
  const planned = await planReading(services, { snapshot, member }, request, reading, actionId)
  const withOrigin = { ...planned, origin: { ...planned.origin, ...origin } }
  return newAction(services, { snapshot, member }, request, { reading, planned: withOrigin, actionId })
}

/** Whether NOX is (still) in the workspace that a schedule belongs to. */
async function isInstalledAt({ storage }: Services, { tenantId, place }: Schedule): Promise<boolean> {
  const workspaces = await storage.installations.listByTenant(tenantId)
  return workspaces.some((each) => isOf(each, place.conversationId))
}

/** What the audit log says of runs that never were. */
function missedEntry(
  { now }: Services,
  schedule: Schedule,
  { missed, runs, last }: TakenUp,
  isThere: boolean,
): AuditEntry {
  const rule = isThere ? 'schedule.missed' : 'schedule.uninstalled'
  const details = { rule, count: missed, last: new Date(last).toISOString(), runs }
  return scheduleAudit(schedule, schedule.ownerId, 'expired', now(), details)
}

function follow(services: Services, actions: Actions, started: Accepted): void {
  if (started.kind === 'duplicate') return
  if (started.kind === 'accepted') {
    void actions.perform(started.action)
    return
  }
  tellExhausted(services, started.action, started).catch((error: unknown) =>
    services.log.error({ err: error, action: started.action.id }, 'a used quota could not be told'),
  )
}
