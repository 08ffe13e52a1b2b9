import type { CommandWords } from '../../domain/command-spec.ts'
import { cluster, environment, service, since } from './shared-arguments.ts'

/** The words of `events`. */
export const eventsWords: CommandWords = {
  name: 'events',
  action: 'status',
  effect: 'read',
  arguments: [service, cluster, environment, since],
  words: {
    fr: ['événements', 'évènements', 'events'],
    en: ['events'],
  },
}
