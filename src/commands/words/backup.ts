import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { environment, required } from './shared-arguments.ts'

const target: ArgumentSpec = {
  name: 'target',
  kind: 'name',
  nouns: {
    fr: ['base', 'base de données', 'base données', 'bases de données', 'bdd', 'db', 'bd', 'schéma'],
    en: ['database', 'db', 'base', 'data of'],
  },
  bare: true,
}

/** The words of `backup`. */
export const backupWords: CommandWords = {
  name: 'backup',
  action: 'backup',
  effect: 'write',
  arguments: [required(target), environment],
  words: {
    fr: [
      'backup',
      ...ordersOf('sauvegard'),
      ...ordersOf('backup'),
      'dump',
      ...ordersOf('dump'),
      ...phrases(
        ['fais', 'faire', 'faites', 'lance', 'lancer', 'effectue', 'effectuer'],
        ['backup', 'sauvegarde', 'dump', 'copie'],
      ),
    ],
    en: [
      'backup',
      'back up',
      'back … up',
      'dump',
      'snapshot',
      'take backup',
      'make backup',
      'run backup',
      'do backup',
      'create backup',
      'take snapshot',
    ],
  },
}
