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

/** The words of `deny`. */
export const denyWords: CommandWords = {
  name: 'deny',
  action: 'approve',
  effect: 'write',
  arguments: [required(id)],
  words: {
    fr: [...ordersOf('refus'), 'rejette', 'rejeter', 'rejetez'],
    en: ['deny', 'reject', 'decline'],
  },
}
