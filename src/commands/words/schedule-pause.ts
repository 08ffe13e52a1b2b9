import type { CommandWords } from '../../domain/command-spec.ts'
import { scheduleId } from './ids.ts'
import { ordersOf, phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const things = {
  fr: ['planification', 'tâche planifiée', 'programmation'],
  en: ['schedule', 'scheduled task', 'scheduled job'],
}

/** The words of `schedule.pause`. */
export const schedulePauseWords: CommandWords = {
  name: 'schedule.pause',
  action: 'schedule',
  effect: 'write',
  arguments: [required(scheduleId)],
  words: {
    fr: phrases(['suspends', 'suspendre', 'suspendez', 'mets en pause', 'met en pause', 'mettre en pause'], things.fr),
    en: phrases(['pause', 'suspend', 'hold'], things.en),
  },
}

/** The words of `schedule.resume`. */
export const scheduleResumeWords: CommandWords = {
  name: 'schedule.resume',
  action: 'schedule',
  effect: 'write',
  arguments: [required(scheduleId)],
  words: {
    fr: phrases(['reprends', 'reprendre', 'reprenez', ...ordersOf('réactiv')], things.fr),
    en: phrases(['resume', 'unpause', 'reactivate', 'continue'], things.en),
  },
}
