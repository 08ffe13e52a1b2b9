import type { CommandWords } from '../../domain/command-spec.ts'
import { runId } from './ids.ts'
import { ordersOf, phrases } from './phrases.ts'
import { branch, repository } from './shared-arguments.ts'

/** The words of `runs.rerun`. */
export const runsRerunWords: CommandWords = {
  name: 'runs.rerun',
  action: 'ci',
  effect: 'write',
  arguments: [repository, branch, runId],
  words: {
    fr: [
      ...phrases(
        [...ordersOf('relanc'), ...ordersOf('redémarr'), 'rejoue', 'rejouer', 'refais', 'relance à nouveau'],
        [
          'build',
          'pipeline',
          'run',
          'job',
          'ci',
          'workflow',
          'dernier build',
          'dernier pipeline',
          'dernier run',
          'build échoué',
          'build en échec',
        ],
      ),
    ],
    en: [
      ...phrases(
        ['rerun', 're-run', 'retry', 'restart', 'relaunch', 'run again', 'restart'],
        [
          'build',
          'pipeline',
          'run',
          'job',
          'ci',
          'workflow',
          'last build',
          'last run',
          'failed build',
          'last failed build',
          'last pipeline',
          'failed pipeline',
          'failed run',
        ],
      ),
      'rerun',
      're-run',
      'retry',
    ],
  },
}
