import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { receivedAlertId } from './ids.ts'
import { phrases } from './phrases.ts'
import { duration } from './shared-arguments.ts'

/** Until people are at work again. */
const until: ArgumentSpec = {
  name: 'until',
  kind: 'choice',
  nouns: { fr: ["jusqu'à"], en: ['until'] },
  choices: {
    morning: {
      fr: ["jusqu'à demain", "jusqu'à demain matin", "jusqu'au matin", 'demain matin', 'demain', 'pour la nuit'],
      en: ['until tomorrow', 'until tomorrow morning', 'until morning', 'tomorrow morning', 'tomorrow', 'overnight'],
    },
  },
}

/** The words of `alerts.quiet`. */
export const alertsQuietWords: CommandWords = {
  name: 'alerts.quiet',
  action: 'alerts',
  effect: 'write',
  arguments: [receivedAlertId, duration, until],
  words: {
    fr: phrases(['calme', 'calmer', 'calmez'], ['alerte']),
    en: phrases(['hush', 'quieten', 'quiet'], ['alert']),
  },
}
