import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const id: ArgumentSpec = { name: 'id', kind: 'id', nouns: { fr: ['incident', 'numéro'], en: ['incident', 'number'] } }

/** The words of `incident.ack`. */
export const incidentAckWords: CommandWords = {
  name: 'incident.ack',
  action: 'incident',
  effect: 'write',
  arguments: [id],
  words: {
    fr: [
      ...phrases(
        ['prends', 'prendre', 'prenez', 'acquitte', 'acquitter', 'ack'],
        ['incident', 'en charge incident', '{key}'],
      ),
      'ack',
      'acquitte',
    ],
    en: [...phrases(['ack', 'acknowledge', 'take'], ['incident']), 'ack', 'acknowledge'],
  },
}
