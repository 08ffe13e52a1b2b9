import type { CommandWords } from '../../domain/command-spec.ts'
import { incidentId } from './ids.ts'
import { phrases } from './phrases.ts'

/** The words of `incident.resolve`. */
export const incidentResolveWords: CommandWords = {
  name: 'incident.resolve',
  action: 'incident',
  effect: 'write',
  arguments: [incidentId],
  words: {
    fr: [
      'résous',
      'résoudre',
      ...phrases(
        [
          'résous',
          'résoudre',
          'clos',
          'clôture',
          'clôturer',
          'ferme',
          'fermer',
          'fermez',
          'termine',
          'terminer',
          'résolvez',
          'clore',
        ],
        ['incident'],
      ),
    ],
    en: ['resolve', ...phrases(['resolve', 'close', 'end', 'finish', 'fix'], ['incident'])],
  },
}
