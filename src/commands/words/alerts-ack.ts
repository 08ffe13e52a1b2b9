import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['alerte', 'alertes', 'id'], en: ['alert', 'alerts', 'id'] },
}

/** The words of `alerts.ack`. */
export const alertsAckWords: CommandWords = {
  name: 'alerts.ack',
  action: 'alerts',
  effect: 'write',
  arguments: [id],
  words: {
    fr: phrases(['acquitte', 'acquitter', 'acquittez', 'prends', 'prendre', 'prends en charge'], ['alerte']),
    en: phrases(['ack', 'acknowledge', 'take', 'own'], ['alert']),
  },
}
