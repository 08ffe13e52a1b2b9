import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: {
    fr: ['action', 'demande', 'numéro', 'id', 'déploiement', 'requête'],
    en: ['action', 'request', 'number', 'id', 'deployment', 'deploy'],
  },
}

/** The words of `cancel`. */
export const cancelWords: CommandWords = {
  name: 'cancel',
  action: null,
  effect: 'write',
  arguments: [id],
  words: {
    fr: [
      ...ordersOf('annul'),
      ...phrases(ordersOf('annul'), ['déploiement {id}', 'action {id}', 'déploiement en cours', 'ça', 'cette action']),
      'stop',
      'stoppe',
      'stopper',
      'abandonne',
      'abandonner',
      'laisse tomber',
      ...ordersOf('arrêt'),
    ],
    en: [
      'cancel',
      'cancel that',
      'cancel it',
      'cancel deployment {id}',
      'cancel deploy {id}',
      'cancel current deployment',
      'cancel current deploy',
      'stop current deployment',
      'stop',
      'abort',
      'nevermind',
      'never mind',
      'forget it',
    ],
  },
}
