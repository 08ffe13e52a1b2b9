import type { CommandWords } from '../../domain/command-spec.ts'
import { receivedAlertId } from './ids.ts'
import { phrases } from './phrases.ts'

/** The words of `alerts.loud`. */
export const alertsLoudWords: CommandWords = {
  name: 'alerts.loud',
  action: 'alerts',
  effect: 'write',
  arguments: [receivedAlertId],
  words: {
    fr: phrases(['rouvre', 'rouvrir', 'rouvrez'], ['alerte']),
    en: phrases(['reopen', 'unhush'], ['alert']),
  },
}
