import type { CommandWords } from '../../domain/command-spec.ts'
import { scheduleId } from './ids.ts'
import { ordersOf, phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

/** The words of `schedule.cancel`. */
export const scheduleCancelWords: CommandWords = {
  name: 'schedule.cancel',
  action: 'schedule',
  effect: 'write',
  arguments: [required(scheduleId)],
  words: {
    fr: [
      ...phrases(
        [...ordersOf('annul'), ...ordersOf('supprim'), ...ordersOf('arrêt'), 'retire', 'enlève'],
        ['planification', 'tâche planifiée', 'programmation'],
      ),
    ],
    en: [
      ...phrases(['cancel', 'delete', 'remove', 'stop', 'unschedule'], ['schedule', 'scheduled task', 'scheduled job']),
      'unschedule',
    ],
  },
}
