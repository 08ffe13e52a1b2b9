import type { CommandWords } from '../../domain/command-spec.ts'
import { cluster, environment, service, since } from './shared-arguments.ts'

/** The words of `events`. */
export const eventsWords: CommandWords = {
  name: 'events',
  action: 'status',
  effect: 'read',
  arguments: [service, cluster, environment, since],
  words: {
    fr: ['événements', 'évènements', 'événement', 'évènement', 'events', "que s'est-il passé sur"],
    en: ['events', 'event', 'what happened to', 'what happened on'],
  },
}
