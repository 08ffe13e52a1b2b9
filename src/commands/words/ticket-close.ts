import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const key: ArgumentSpec = { name: 'key', kind: 'key', nouns: { fr: ['ticket', 'issue'], en: ['ticket', 'issue'] } }

/** The words of `ticket.close`. */
export const ticketCloseWords: CommandWords = {
  name: 'ticket.close',
  action: 'ticket',
  effect: 'write',
  arguments: [required(key)],
  words: {
    fr: [
      ...phrases(
        [
          'ferme',
          'fermer',
          'fermez',
          'clos',
          'clore',
          'clôture',
          'clôturer',
          'résous',
          'résoudre',
          'termine',
          'terminer',
          'fermes',
          'résolvez',
          'clôturez',
        ],
        ['{key}', 'ticket'],
      ),
    ],
    en: [
      ...phrases(['close', 'resolve', 'finish', 'complete', 'close out'], ['{key}', 'ticket', 'issue']),
      ...phrases(['mark', 'set'], ['… as done', '… as closed', '… as resolved', '… done', '… to done']),
    ],
  },
}
