import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['alerte', 'alertes', 'id'], en: ['alert', 'alerts', 'id'] },
}

/** The words of `alerts.received`. */
export const alertsReceivedWords: CommandWords = {
  name: 'alerts.received',
  action: 'alerts',
  effect: 'read',
  arguments: [id],
  words: {
    fr: [...phrases(['alertes', 'alerte'], ['reçues', 'reçue']), 'boîte des alertes'],
    en: [...phrases(['received'], ['alerts', 'alert']), 'alert inbox'],
  },
}
