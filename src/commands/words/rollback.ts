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
      'rollbacke',
      'rollbacker',
      'reviens',
      'revenir',
      'revenez',
      'reviens en arrière',
      'revenir en arrière',
      ...phrases(['annule', 'annuler', 'annulez'], ['déploiement', 'dernier déploiement', 'mise en prod']),
      ...phrases(ordersOf('restaur'), ['version', 'version précédente']),
    ],
    en: ['rollback', 'roll back', 'revert', 'undo deploy', 'undo deployment'],
  },
}
