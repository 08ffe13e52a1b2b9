import type { CommandWords } from '../../domain/command-spec.ts'
import { cluster, environment, service } from './shared-arguments.ts'

/** The words of `pods`. */
export const podsWords: CommandWords = {
  name: 'pods',
  action: 'status',
  effect: 'read',
  arguments: [service, cluster, environment],
  words: {
    fr: ['pods', 'pod'],
    en: ['pods', 'pod'],
  },
}
