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
        ['montre', 'montrer', 'affiche', 'afficher', 'voir', 'donne', 'détaille', 'consulte'],
        ['{key}', 'ticket', 'ticket {key}', 'détails ticket', 'statut {key}', 'état ticket'],
      ),
    ],
    en: [
      'ticket {key}',
      'issue {key}',
      ...phrases(['show', 'display', 'view', 'get', 'see', 'read'], ['{key}', 'ticket', 'ticket {key}', 'issue {key}']),
      'status ticket',
      'details {key}',
    ],
  },
}
