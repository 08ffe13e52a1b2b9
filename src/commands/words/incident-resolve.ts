import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['incident', 'numéro', 'id'], en: ['incident', 'number', 'id'] },
}

/** The words of `incident.resolve`. */
export const incidentResolveWords: CommandWords = {
  name: 'incident.resolve',
  action: 'incident',
  effect: 'write',
  arguments: [id],
  words: {
    fr: [
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
    en: [...phrases(['resolve', 'close', 'end', 'finish', 'fix'], ['incident'])],
  },
}
