import type { ScheduleDesk } from '../commands/context/schedules.ts'
import type { Action } from '../domain/action.ts'
import { openScheduleStates } from '../domain/schedule.ts'
import type { Services } from './services.ts'

/** The schedules of the tenant whose order runs. */
export function schedulesOf(
  { storage }: Services,
  { action }: { readonly action: Pick<Action, 'tenantId'> },
): ScheduleDesk {
  const { tenantId } = action
  return {
    list: (filter) => storage.schedules.list(tenantId, { states: openScheduleStates, ...filter }),
    findByNumber: (number) => storage.schedules.findByNumber(tenantId, number),
    create: (schedule) => storage.schedules.create({ ...schedule, tenantId }),
    setState: (id, change) => storage.schedules.setState(tenantId, id, change),
  }
}
