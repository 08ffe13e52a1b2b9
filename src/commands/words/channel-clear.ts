import type { CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

/** The words of `channel.clear`. */
export const channelClearWords: CommandWords = {
  name: 'channel.clear',
  action: null,
  effect: 'write',
  arguments: [],
  words: {
    fr: [
      "ce canal n'est plus pour rien",
      "ce canal n'est pour rien",
      "ce canal n'est pour rien en particulier",
      'ce canal est pour rien',
      "ce canal n'a plus de défaut",
      'oublie ce canal',
      'détache ce canal',
      'délie ce canal',
      ...phrases(['enlève', 'retire', 'supprime', 'efface', 'oublie'], ['défaut de ce canal', 'défauts de ce canal']),
    ],
    en: [
      'this channel is for nothing',
      'this channel is for nothing in particular',
      'this channel is not for anything',
      'this channel is not for anything anymore',
      'this channel is no longer for anything',
      'forget this channel',
      'untie this channel',
      'unbind this channel',
      'unlink this channel',
      ...phrases(
        ['clear', 'remove', 'drop', 'delete', 'forget', 'reset'],
        ['channel default', 'default of this channel'],
      ),
    ],
  },
}
