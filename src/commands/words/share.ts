import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { expires, required } from './shared-arguments.ts'

const what: ArgumentSpec = {
  name: 'what',
  kind: 'choice',
  nouns: { fr: ['objet'], en: ['what'] },
  choices: {
    report: { fr: ['rapport'], en: ['report'] },
    status: { fr: ['status', 'statut', 'état', 'page de statut'], en: ['status', 'status page'] },
    audit: { fr: ['audit', 'historique', "journal d'audit"], en: ['audit', 'history', 'audit log'] },
  },
}

/** The words of `share`. */
export const shareWords: CommandWords = {
  name: 'share',
  action: 'share',
  effect: 'write',
  arguments: [required(what), expires],
  words: {
    fr: [...ordersOf('partag')],
    en: ['share'],
  },
}
