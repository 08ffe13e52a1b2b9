import type { CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'

/** The words of `alias.unlock`: every member makes and changes aliases again. */
export const aliasUnlockWords: CommandWords = {
  name: 'alias.unlock',
  action: null,
  effect: 'write',
  arguments: [],
  words: {
    fr: [...phrases(ordersOf('déverrouill'), ['alias']), ...phrases(['alias'], ordersOf('déverrouill'))],
    en: ['unlock aliases', 'unlock alias', 'alias unlock', 'aliases unlock'],
  },
}
