import type { CommandWords } from '../../domain/command-spec.ts'
import { runId } from './ids.ts'
import { phrases } from './phrases.ts'
import { branch, repository } from './shared-arguments.ts'

/** The words of `runs`. */
export const runsWords: CommandWords = {
  name: 'runs',
  action: 'ci',
  effect: 'read',
  arguments: [repository, branch, runId],
  words: {
    fr: [
      'builds',
      'build',
      'pipelines',
      'pipeline',
      'ci',
      'runs',
      'workflows',
      'jobs ci',
      'build … est passé',
      ...phrases(['état', 'statut', 'status', 'où en est'], ['ci', 'pipeline', 'build', 'builds']),
    ],
    en: [
      'builds',
      'build',
      'pipelines',
      'pipeline',
      'ci',
      'runs',
      'ci runs',
      'workflows',
      'workflow runs',
      'ci status',
      ...phrases(['status', 'state'], ['ci', 'pipeline', 'build', 'builds']),
      'did … build pass',
      'did build pass',
      'did … build fail',
      'did build fail',
      'build status',
      'pipeline status',
    ],
  },
}
