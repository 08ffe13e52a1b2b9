import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const key: ArgumentSpec = { name: 'key', kind: 'key', nouns: { fr: ['ticket', 'issue'], en: ['ticket', 'issue'] } }

/** The words of `ticket.show`. */
export const ticketShowWords: CommandWords = {
  name: 'ticket.show',
  action: 'ticket',
  effect: 'read',
  arguments: [required(key)],
  words: {
    fr: [
      'ticket {key}',
      'issue {key}',
      ...phrases(
        ['statut', 'status', 'état', 'où en est', 'détails', 'détail', "c'est quoi", 'infos'],
        ['{key}', 'ticket', 'ticket {key}'],
      ),
      ...phrases(
        [
          'montre',
          'montrer',
          'affiche',
          'afficher',
          'voir',
          'donne',
          'détaille',
          'consulte',
          'regarde',
          'montrez',
          'affichez',
          'montre-moi',
        ],
        ['{key}', 'ticket', 'ticket {key}', 'détails ticket', 'statut {key}', 'état ticket'],
      ),
      ...phrases(['ouvre', 'ouvrir'], ['{key}', 'ticket {key}']),
    ],
    en: [
      'ticket {key}',
      'issue {key}',
      ...phrases(
        ['show', 'display', 'view', 'get', 'see', 'read', 'show me', 'give me', 'describe', 'fetch'],
        ['{key}', 'ticket', 'ticket {key}', 'issue {key}'],
      ),
      ...phrases(
        ['status', 'state', 'details', 'what is', "what's", 'whats', 'how is', 'info', 'open', 'check', 'look at'],
        ['{key}', 'ticket {key}', 'issue {key}'],
      ),
      'status ticket',
    ],
  },
}
