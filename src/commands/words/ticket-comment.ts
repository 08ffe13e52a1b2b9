import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const key: ArgumentSpec = { name: 'key', kind: 'key', nouns: { fr: ['ticket', 'issue'], en: ['ticket', 'issue'] } }

const text: ArgumentSpec = { name: 'text', kind: 'rest' }

/** The words of `ticket.comment`. */
export const ticketCommentWords: CommandWords = {
  name: 'ticket.comment',
  action: 'ticket',
  effect: 'write',
  arguments: [required(key), required(text)],
  words: {
    fr: [
      ...phrases(
        ['commente', 'commenter', 'commentez', 'réponds', 'répondre'],
        ['{key}', 'sur {key}', 'à {key}', 'ticket'],
      ),
      ...phrases(['ajoute', 'ajouter', 'mets', 'laisse'], ['commentaire {key}', 'commentaire', 'note {key}']),
    ],
    en: [
      ...phrases(['comment', 'reply', 'reply to', 'note', 'comment on'], ['{key}', 'ticket']),
      ...phrases(['add', 'leave', 'post'], ['comment {key}', 'comment', 'note {key}']),
    ],
  },
}
