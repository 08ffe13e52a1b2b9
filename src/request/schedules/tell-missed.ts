import { describeAction } from '../../actions/frames.ts'
import type { Services } from '../../actions/services.ts'
import type { Answer } from '../../domain/answer.ts'
import type { ParsedOrder } from '../../domain/command-spec.ts'
import { scheduleWhat } from '../../domain/say-schedule.ts'
import type { Schedule } from '../../domain/schedule.ts'
import { phrase } from '../../texts/phrase.ts'
import type { TakenUp } from './take-up.ts'

/** ⏰ in the schedule's thread: what was missed while NOX was down, and what is made of it. */
export async function tellMissed(services: Services, schedule: Schedule, taken: TakenUp): Promise<void> {
  const { tenantId, place, language, order } = schedule
  const { knowledge } = await services.knowledge.snapshot(tenantId)
  const describe = (inner: ParsedOrder) => describeAction(services, knowledge, inner)
  const { n, action } = scheduleWhat(schedule, describe)
  const time = (at: number) => ({ kind: 'time', at, as: 'date' }) as const
  const next = taken.runs
    ? phrase('schedule.missed.once')
    : taken.next === null
      ? phrase('schedule.missed.last')
      : phrase('schedule.missed.next', { next: time(taken.next) })
  const answer: Answer = {
    kind: 'notice',
    title: phrase('schedule.missed', { n: taken.missed, schedule: n }),
    lines: [phrase('schedule.missed.what', { action, at: time(taken.last) }), next],
    ...(taken.runs
      ? {}
      : {
          buttons: [
            { label: phrase('button.runNow'), does: { kind: 'order', command: order.command, args: order.args } },
          ],
        }),
  }
  await services.messenger
    .post({ tenantId, place, language }, answer, `${schedule.id}:missed:${taken.last}`)
    .catch((error: unknown) =>
      services.log.warn({ err: error, tenant: tenantId, schedule: schedule.id }, 'missed runs could not be told'),
    )
}
