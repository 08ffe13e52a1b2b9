import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { required } from './shared-arguments.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: {
    fr: ['action', 'demande', 'numéro', 'id', 'déploiement', 'requête'],
    en: ['action', 'request', 'number', 'id', 'deployment', 'deploy'],
  },
}

/** The words of `approve`. */
export const approveWords: CommandWords = {
  name: 'approve',
  action: 'approve',
  effect: 'write',
  arguments: [required(id)],
  words: {
    fr: [...ordersOf('approuv'), ...ordersOf('valid'), ...ordersOf('accept'), ...ordersOf('autoris'), 'donne feu vert'],
    en: ['approve', 'accept', 'lgtm {id}'],
  },
}
