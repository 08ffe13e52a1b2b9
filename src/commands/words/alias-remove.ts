import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const alias: ArgumentSpec = { name: 'alias', kind: 'name', required: true, bare: true }

/** The words of `alias.remove`. */
export const aliasRemoveWords: CommandWords = {
  name: 'alias.remove',
  action: null,
  effect: 'write',
  arguments: [alias],
  words: {
    fr: [
      ...phrases(
        ['supprime', 'supprimer', 'supprimez', 'retire', 'retirer', 'enlève', 'enlever', 'efface', 'effacer', 'oublie'],
        ['alias', 'raccourci'],
      ),
      ...phrases(['alias'], ['supprimer', 'supprime', 'retirer', 'effacer']),
    ],
    en: [
      'unalias',
      ...phrases(['remove', 'delete', 'drop', 'forget'], ['alias', 'shortcut']),
      ...phrases(['alias'], ['remove', 'delete', 'rm']),
    ],
  },
}
