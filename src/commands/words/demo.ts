import type { CommandWords } from '../../domain/command-spec.ts'
import { createVerbs, ordersOf, phrases } from './phrases.ts'
import { expires } from './shared-arguments.ts'

/** The words of `demo`. */
export const demoWords: CommandWords = {
  name: 'demo',
  action: 'share',
  effect: 'write',
  arguments: [expires],
  words: {
    fr: [
      ...phrases(
        [...ordersOf('démarr'), ...ordersOf('lanc'), ...createVerbs.fr, 'fais', 'prépare'],
        ['démo', 'démonstration'],
      ),
      'démo',
    ],
    en: [...phrases(['start', 'launch', 'run', 'prepare', ...createVerbs.en], ['demo']), 'demo'],
  },
}
