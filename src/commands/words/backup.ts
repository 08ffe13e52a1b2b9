import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { environment, required } from './shared-arguments.ts'

const target: ArgumentSpec = {
  name: 'target',
  kind: 'name',
  bare: true,
  nouns: {
    fr: ['base', 'base de données', 'base données', 'bdd', 'db', 'bd'],
    en: ['database', 'db', 'base'],
  },
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
      'backupe',
      'backuper',
      'dump',
      'dumpe',
      'dumper',
      ...phrases(['fais', 'faire', 'lance', 'lancer'], ['backup', 'sauvegarde', 'dump']),
    ],
    en: ['backup', 'back up', 'dump', 'take backup', 'make backup', 'run backup', 'snapshot'],
  },
}
