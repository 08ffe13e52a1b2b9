import type { CommandWords } from '../../domain/command-spec.ts'

/** The words of `channel.show`. */
export const channelShowWords: CommandWords = {
  name: 'channel.show',
  action: null,
  effect: 'read',
  arguments: [],
  words: {
    fr: [
      'à quoi sert ce canal',
      'ce canal sert à quoi',
      'ce canal est pour quoi',
      'pour quoi est ce canal',
      'de quoi parle ce canal',
      'ce canal est dédié à quoi',
      'défaut de ce canal',
      'défauts de ce canal',
      'réglages de ce canal',
    ],
    en: [
      'what is this channel for',
      "what's this channel for",
      "what's this channel about",
      'what is this channel about',
      'what does this channel stand for',
      'default of this channel',
      'defaults of this channel',
      'channel default',
      'channel defaults',
      'channel settings',
    ],
  },
}
