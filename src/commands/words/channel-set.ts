import type { CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { cluster, environment, required, service } from './shared-arguments.ts'

/** The words of `channel.set`. */
export const channelSetWords: CommandWords = {
  name: 'channel.set',
  action: null,
  effect: 'write',
  arguments: [{ ...required(service), unless: ['environment', 'cluster'] }, environment, cluster],
  words: {
    fr: [
      'ce canal est pour',
      'ce canal sert à',
      'ce canal sert pour',
      'ce canal concerne',
      'ce canal est dédié à',
      'ce canal est réservé à',
      'ce canal parle de',
      ...phrases([...ordersOf('li', 'li'), 'relie', 'relier', 'associe', 'associer', 'rattache'], ['ce canal à']),
    ],
    en: [
      'this channel is for',
      'this channel is about',
      'this channel is dedicated to',
      'this channel stands for',
      ...phrases(['tie', 'bind', 'link', 'dedicate'], ['this channel to']),
    ],
  },
}
