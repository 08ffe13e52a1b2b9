import type { CommandWords } from '../../domain/command-spec.ts'

/** The words of `usage`. */
export const usageWords: CommandWords = {
  name: 'usage',
  action: null,
  effect: 'read',
  arguments: [],
  words: {
    fr: [
      'usage',
      'quota',
      'quotas',
      'consommation',
      'mon usage',
      'mon quota',
      'ma consommation',
      'mes quotas',
      'limites',
      'mes limites',
    ],
    en: ['usage', 'quota', 'quotas', 'my usage', 'my quota', 'limits', 'my limits', 'consumption'],
  },
}
