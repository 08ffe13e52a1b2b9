import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const id: ArgumentSpec = { name: 'id', kind: 'id', nouns: { fr: ['incident', 'numéro'], en: ['incident', 'number'] } }

/** The words of `incident.status`. */
export const incidentStatusWords: CommandWords = {
  name: 'incident.status',
  action: 'incident',
  effect: 'read',
  arguments: [id],
  words: {
    fr: [
      ...phrases(
        ['état', 'statut', 'status', 'où en est', 'point sur', 'montre', 'affiche', 'voir'],
        ['incident', 'incidents'],
      ),
      'incident {id}',
      'incidents',
      'incident en cours',
      'incidents en cours',
    ],
    en: [
      ...phrases(['status', 'state', 'show', 'list', 'view'], ['incident', 'incidents']),
      'incident status',
      'incident {id}',
      'incidents',
      'open incidents',
      'ongoing incidents',
      'current incidents',
    ],
  },
}
