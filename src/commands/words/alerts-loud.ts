import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['alerte', 'alertes', 'id'], en: ['alert', 'alerts', 'id'] },
}

/** The words of `alerts.loud`. */
export const alertsLoudWords: CommandWords = {
  name: 'alerts.loud',
  action: 'alerts',
  effect: 'write',
  arguments: [id],
  words: {
    fr: phrases(['rouvre', 'rouvrir', 'rouvrez'], ['alerte']),
    en: phrases(['reopen', 'unhush'], ['alert']),
  },
}
