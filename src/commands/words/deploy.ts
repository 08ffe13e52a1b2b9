import type { CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { branch, cluster, environment, required, service, sha, tag } from './shared-arguments.ts'

/** The words of `deploy`. */
export const deployWords: CommandWords = {
  name: 'deploy',
  action: 'deploy',
  effect: 'write',
  arguments: [required(service), required(environment), branch, tag, sha, cluster],
  words: {
    fr: [
      ...ordersOf('déploi', 'déploy'),
      ...ordersOf('livr'),
      ...phrases(['mets', 'mettre', 'mettez', 'passe', 'passer'], ['en ligne']),
      ...phrases(['mets', 'mettre', 'mettez', 'passe', 'passer'], ['en prod', 'en production']),
      'pousse',
      'pousser',
      'poussez',
      'publie',
      'publier',
      'mep',
      'mise en prod',
      'mise en production',
      'mise en ligne',
    ],
    en: ['deploy', 'ship', 'release', 'roll out', 'rollout', 'push', 'put live', 'redeploy'],
  },
  implies: {
    ...Object.fromEntries(
      [
        'mep',
        'mise en prod',
        'mise en production',
        ...phrases(['mets', 'mettre', 'mettez', 'passe', 'passer'], ['en prod', 'en production']),
      ].map((words) => [words, { environment: 'production' }]),
    ),
  },
}
