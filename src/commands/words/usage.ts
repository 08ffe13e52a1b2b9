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
      'consommation du mois',
      'combien il me reste de quota',
      'combien me reste-t-il de quota',
      'quota restant',
      'consommation',
      'mon usage',
      'mon quota',
      'ma consommation',
      'mes quotas',
      'limites',
      'mes limites',
    ],
    en: [
      'usage',
      'how much quota do i have left',
      'how much quota is left',
      'remaining quota',
      'quota',
      'quotas',
      'my usage',
      'my quota',
      'limits',
      'my limits',
      'consumption',
    ],
  },
}
