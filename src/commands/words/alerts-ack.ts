import type { CommandWords } from '../../domain/command-spec.ts'
import { receivedAlertId } from './ids.ts'
import { phrases } from './phrases.ts'

/** The words of `alerts.ack`. */
export const alertsAckWords: CommandWords = {
  name: 'alerts.ack',
  action: 'alerts',
  effect: 'write',
  arguments: [receivedAlertId],
  words: {
    fr: phrases(['acquitte', 'acquitter', 'acquittez', 'prends', 'prendre', 'prends en charge'], ['alerte']),
    en: phrases(['ack', 'acknowledge', 'take', 'own'], ['alert']),
  },
}
