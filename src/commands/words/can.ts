import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { environment, required, service } from './shared-arguments.ts'

const action: ArgumentSpec = { name: 'action', kind: 'action' }

const actor: ArgumentSpec = { name: 'actor', kind: 'actor' }

/** The words of `can`. */
export const canWords: CommandWords = {
  name: 'can',
  action: null,
  effect: 'read',
  arguments: [required(action), environment, service, actor],
  words: {
    fr: [
      'puis-je',
      'je peux',
      'est-ce que je peux',
      'ai-je le droit de',
      'peut-on',
      'qui peut',
      'qui a le droit de',
      'peut',
      'peut-il',
      'peut-elle',
    ],
    en: ['can i', 'may i', 'am i allowed to', 'can we', 'who can', 'who may', 'who is allowed to', 'can'],
  },
}
