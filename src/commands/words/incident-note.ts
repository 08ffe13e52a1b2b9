import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { incidentNumber } from './ids.ts'
import { phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const text: ArgumentSpec = { name: 'text', kind: 'rest' }

/** The words of `incident.note`: one more line of an incident's timeline. */
export const incidentNoteWords: CommandWords = {
  name: 'incident.note',
  action: 'incident',
  effect: 'write',
  arguments: [incidentNumber, required(text)],
  words: {
    fr: [
      ...phrases(['note', 'noter', 'notez'], ['incident', 'pour incident']),
      ...phrases(['ajoute', 'ajouter', 'mets'], ['note incident', 'note à incident']),
    ],
    en: [...phrases(['note'], ['incident', 'for incident']), ...phrases(['add', 'leave'], ['incident note'])],
  },
}
