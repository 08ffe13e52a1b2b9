import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['incident', 'numéro', 'id'], en: ['incident', 'number', 'id'] },
}

/** The words of `incident.ack`. */
export const incidentAckWords: CommandWords = {
  name: 'incident.ack',
  action: 'incident',
  effect: 'write',
  arguments: [id],
  words: {
    fr: [
      ...phrases(
        ['prends', 'prendre', 'prenez', 'acquitte', 'acquitter', 'acquittez'],
        ['incident', 'en charge incident', '{key}'],
      ),
      'acquitte',
      'acquitter',
      'acquittez',
    ],
    en: [...phrases(['ack', 'acknowledge', 'take', 'take over', 'own'], ['incident']), 'ack', 'acknowledge'],
  },
}
