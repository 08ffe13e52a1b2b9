import type { CommandWords } from '../../domain/command-spec.ts'
import { incidentId } from './ids.ts'
import { phrases } from './phrases.ts'

/** The words of `incident.ack`. */
export const incidentAckWords: CommandWords = {
  name: 'incident.ack',
  action: 'incident',
  effect: 'write',
  arguments: [incidentId],
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
