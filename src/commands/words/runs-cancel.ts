import type { CommandWords } from '../../domain/command-spec.ts'
import { runId } from './ids.ts'
import { ordersOf, phrases } from './phrases.ts'
import { branch, repository } from './shared-arguments.ts'

/** The words of `runs.cancel`. */
export const runsCancelWords: CommandWords = {
  name: 'runs.cancel',
  action: 'ci',
  effect: 'write',
  arguments: [repository, branch, runId],
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
