import type { Actions } from '../../actions/index.ts'
import type { Services } from '../../actions/services.ts'
import type { Duty } from '../../duties/create-duties.ts'
import type { ScheduleDispatch } from './dispatch.ts'

/** Looks for schedules that are due; what it stands on is loaded at the first look. */
export function scheduleDuty(services: Services, actions: Actions): Duty {
  let dispatch: Promise<ScheduleDispatch> | undefined
  return {
    name: 'schedules',
    everyMs: 5_000,
    by: 'each',
    async round(signal) {
      dispatch ??= import('./dispatch.ts').then((loaded) => loaded.createScheduleDispatch(services, actions))
      await (await dispatch).look(signal)
    },
  }
}
