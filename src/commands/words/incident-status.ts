import type { CommandWords } from '../../domain/command-spec.ts'
import { incidentId } from './ids.ts'
import { phrases } from './phrases.ts'

/** The words of `incident.status`. */
export const incidentStatusWords: CommandWords = {
  name: 'incident.status',
  action: 'incident',
  effect: 'read',
  arguments: [incidentId],
  words: {
    fr: [
      ...phrases(
        [
          'état',
          'statut',
          'status',
          'où en est',
          'où en sont',
          'point sur',
          'montre',
          'affiche',
          'voir',
          'liste',
          'quel est état',
          "c'est quoi",
        ],
        ['incident', 'incidents'],
      ),
      'incident {id}',
      'incidents',
      'incident en cours',
      'incidents en cours',
      'incidents ouverts',
      'incident ouvert',
      'incidents actifs',
    ],
    en: [
      ...phrases(
        ['status', 'state', 'show', 'list', 'view', 'get', 'what is', "what's", 'how is', 'update on'],
        ['incident', 'incidents'],
      ),
      'incident status',
      'incident {id}',
      'incidents',
      'open incidents',
      'ongoing incidents',
      'current incidents',
      'active incidents',
      'ongoing incident',
      'open incident status',
    ],
  },
}
