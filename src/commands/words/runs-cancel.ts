import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { branch, repository } from './shared-arguments.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: {
    fr: ['build', 'run', 'pipeline', 'job', 'numéro', 'id'],
    en: ['build', 'run', 'pipeline', 'job', 'workflow', 'number', 'id'],
  },
}

/** The words of `runs.cancel`. */
export const runsCancelWords: CommandWords = {
  name: 'runs.cancel',
  action: 'ci',
  effect: 'write',
  arguments: [repository, branch, id],
  words: {
    fr: [
      ...phrases(
        [...ordersOf('annul'), ...ordersOf('arrêt'), 'stoppe', 'stopper', 'stop', 'tue', 'interromps'],
        ['build', 'pipeline', 'run', 'job', 'ci', 'workflow'],
      ),
    ],
    en: [...phrases(['cancel', 'stop', 'abort', 'kill'], ['build', 'pipeline', 'run', 'job', 'ci', 'workflow'])],
  },
}
