import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { required } from './shared-arguments.ts'

const cron: ArgumentSpec = { name: 'cron', kind: 'cron' }

const run: ArgumentSpec = { name: 'run', kind: 'order' }

/** The words of `schedule`. */
export const scheduleWords: CommandWords = {
  name: 'schedule',
  action: 'schedule',
  effect: 'write',
  arguments: [required(cron), required(run)],
  words: {
    fr: [...ordersOf('planifi'), ...ordersOf('programm')],
    en: ['schedule', 'plan'],
  },
}
