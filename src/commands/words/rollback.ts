import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { environment, required, service, tag } from './shared-arguments.ts'

const revision: ArgumentSpec = {
  name: 'revision',
  kind: 'revision',
  nouns: { fr: ['révision', 'rev'], en: ['revision', 'rev'] },
}

/** The words of `rollback`. */
export const rollbackWords: CommandWords = {
  name: 'rollback',
  action: 'deploy',
  effect: 'write',
  arguments: [required(service), required(environment), revision, tag],
  words: {
    fr: [
      'rollback',
      ...ordersOf('rollback'),
      ...phrases(['reviens', 'revenir', 'revenez'], ['', 'en arrière', 'à version précédente']),
      ...phrases(ordersOf('annul'), [
        'déploiement',
        'dernier déploiement',
        'mise en prod',
        'mise en production',
        'livraison',
      ]),
      ...phrases(ordersOf('restaur'), ['version', 'version précédente']),
      'retour arrière',
      'fais retour arrière',
    ],
    en: [
      'rollback',
      'roll back',
      'roll … back',
      'revert',
      'undo deploy',
      'undo deployment',
      'undo release',
      'undo last deploy',
    ],
  },
  nouns: { fr: ['retour à version précédente'], en: ['reversion'] },
}
