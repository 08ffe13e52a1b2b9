import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { environment, required, service, tag } from './shared-arguments.ts'

const revision: ArgumentSpec = {
  name: 'revision',
  kind: 'revision',
  nouns: { fr: ['révision', 'rev'], en: ['revision', 'rev', 'to-revision'] },
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
        'dernière mise en prod',
        'dernière mise en production',
        'dernière livraison',
        'mep',
        'dernière mep',
        'mise en prod',
        'mise en production',
        'livraison',
      ]),
      ...phrases(ordersOf('restaur'), ['', '… version précédente', 'version', 'version précédente']),
      ...phrases(
        ['remets', 'ramène', 'repasse', 'rollback', 'reviens'],
        ['… à la version précédente', '… en version précédente', '… version précédente'],
      ),
      'remets … en arrière',
      'retour arrière',
      'fais retour arrière',
    ],
    en: [
      'rollback',
      'roll back',
      'roll … back',
      'revert',
      ...phrases(
        ['undo', 'revert', 'roll back', 'rollback'],
        ['last deploy', 'last deployment', 'last release', 'deploy', 'deployment', 'release'],
      ),
      ...phrases(
        ['revert', 'roll back', 'rollback', 'restore'],
        ['… to the previous version', '… to previous version', '… to the last version'],
      ),
      'rollout undo',
    ],
  },
  nouns: { fr: ['retour à version précédente'], en: ['reversion', 'rolling back', 'reverting'] },
}
