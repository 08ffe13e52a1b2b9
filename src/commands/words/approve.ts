import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { required } from './shared-arguments.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: {
    fr: ['action', 'demande', 'numéro', 'id', 'déploiement'],
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
    fr: [...ordersOf('approuv'), ...ordersOf('valid'), 'accepte', 'accepter', 'autorise', 'autoriser'],
    en: ['approve', 'accept'],
  },
}
