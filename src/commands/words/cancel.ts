import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: {
    fr: ['action', 'demande', 'numéro', 'id', 'déploiement'],
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
    fr: ['annule', 'annuler', 'annulez', 'stop', 'stoppe', 'arrête', 'abandonne'],
    en: ['cancel', 'stop', 'abort', 'nevermind', 'never mind'],
  },
}
