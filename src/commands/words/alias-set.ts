import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const alias: ArgumentSpec = { name: 'alias', kind: 'alias', required: true }
const expansion: ArgumentSpec = { name: 'expansion', kind: 'rest', required: true }

/** The words of `alias.set`: `alias mep = deploy --env production`. */
export const aliasSetWords: CommandWords = {
  name: 'alias.set',
  action: null,
  effect: 'write',
  arguments: [alias, expansion],
  words: {
    fr: [
      'alias {alias}',
      'raccourci {alias}',
      ...phrases(['crée', 'créer', 'ajoute', 'ajouter', 'définis', 'définir', 'nouvel', 'change'], ['alias {alias}']),
    ],
    en: [
      'alias {alias}',
      'shortcut {alias}',
      ...phrases(['create', 'add', 'define', 'set', 'new', 'make', 'change'], ['alias {alias}']),
    ],
  },
}
