import type { CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'

/** The words of `alias.lock`: only admins make and change aliases from then on. */
export const aliasLockWords: CommandWords = {
  name: 'alias.lock',
  action: null,
  effect: 'write',
  arguments: [],
  words: {
    fr: [...phrases(ordersOf('verrouill'), ['alias']), ...phrases(['alias'], ordersOf('verrouill'))],
    en: ['lock aliases', 'lock alias', 'alias lock', 'aliases lock'],
  },
}
