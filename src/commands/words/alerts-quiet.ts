import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'
import { duration } from './shared-arguments.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['alerte', 'alertes', 'id'], en: ['alert', 'alerts', 'id'] },
}

/** The words of `alerts.quiet`. */
export const alertsQuietWords: CommandWords = {
  name: 'alerts.quiet',
  action: 'alerts',
  effect: 'write',
  arguments: [id, duration],
  words: {
    fr: phrases(['calme', 'calmer', 'calmez'], ['alerte']),
    en: phrases(['hush', 'quieten', 'quiet'], ['alert']),
  },
}
