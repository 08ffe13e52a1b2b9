import type { CommandWords } from '../../domain/command-spec.ts'
import { actionId } from './ids.ts'
import { ordersOf, phrases } from './phrases.ts'

/** The words of `cancel`. */
export const cancelWords: CommandWords = {
  name: 'cancel',
  action: null,
  effect: 'write',
  arguments: [actionId],
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
