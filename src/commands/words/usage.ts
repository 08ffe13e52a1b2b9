import type { CommandWords } from '../../domain/command-spec.ts'

/** The words of `usage`. */
export const usageWords: CommandWords = {
  name: 'usage',
  action: null,
  effect: 'read',
  arguments: [],
  words: {
    fr: ['usage', 'quota', 'consommation', 'mon usage', 'mon quota'],
    en: ['usage', 'quota', 'my usage', 'my quota', 'limits'],
  },
}
