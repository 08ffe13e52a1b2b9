import { describeAction } from '../../actions/frames.ts'
import type { Services } from '../../actions/services.ts'
import { scheduleWhat } from '../../domain/say-schedule.ts'
import { openScheduleStates, type Schedule } from '../../domain/schedule.ts'
import { phrase } from '../../texts/phrase.ts'
import { scheduleAudit } from './schedule-audit.ts'

/** More than anybody may have open. */
const atOnce = 1_000

/** A schedule whose owner has left never runs again: audited, and told in its thread. */
export async function endSchedule(
  services: Services,
  schedule: Schedule,
  byUserId: string,
  rule = 'member.removed',
): Promise<void> {
  const { tenantId, id, ownerId, place, language } = schedule
  const details = { rule, owner: ownerId }
  const audit = scheduleAudit(schedule, byUserId, 'cancelled', services.now(), details)
  const { schedules } = services.storage
  const change = { from: openScheduleStates, to: 'ended', nextDueAt: null, audit } as const
  if (!(await schedules.setState(tenantId, id, change))) return
  const { knowledge } = await services.knowledge.snapshot(tenantId)
  const words = scheduleWhat(schedule, (order) => describeAction(services, knowledge, order))
  const person = await services.people.nameOf(tenantId, ownerId)
  const answer = {
    kind: 'notice',
    title: phrase('schedule.ended.left', { ...words, person }),
    lines: [phrase('schedule.ended.next')],
  } as const
  await services.messenger
    .post({ tenantId, place, language }, answer, `${id}:ended`)
    .catch((error: unknown) =>
      services.log.warn({ err: error, tenant: tenantId, schedule: id }, 'an ended schedule could not be told'),
    )
}

/** What a person who leaves had scheduled. */
export async function endSchedulesOf(services: Services, tenantId: string, ownerId: string, byUserId: string) {
  const open = await services.storage.schedules.list(tenantId, { ownerId, states: openScheduleStates, limit: atOnce })
  for (const schedule of open) await endSchedule(services, schedule, byUserId)
}
