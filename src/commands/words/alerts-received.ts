import type { CommandWords } from '../../domain/command-spec.ts'
import { receivedAlertId } from './ids.ts'
import { phrases } from './phrases.ts'

/** The words of `alerts.received`. */
export const alertsReceivedWords: CommandWords = {
  name: 'alerts.received',
  action: 'alerts',
  effect: 'read',
  arguments: [receivedAlertId],
  words: {
    fr: [...phrases(['alertes', 'alerte'], ['reçues', 'reçue']), 'boîte des alertes'],
    en: [...phrases(['received'], ['alerts', 'alert']), 'alert inbox'],
  },
}
