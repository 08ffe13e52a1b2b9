import type { CommandWords } from '../../domain/command-spec.ts'

/** The words of `schedule.list`. */
export const scheduleListWords: CommandWords = {
  name: 'schedule.list',
  action: 'schedule',
  effect: 'read',
  arguments: [],
  words: {
    fr: [
      'planifications',
      'mes planifications',
      'liste planifications',
      'tâches planifiées',
      'actions planifiées',
      'commandes planifiées',
    ],
    en: [
      'schedules',
      'my schedules',
      'list schedules',
      'scheduled tasks',
      'scheduled actions',
      'scheduled commands',
      'scheduled jobs',
    ],
  },
}
