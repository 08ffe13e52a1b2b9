import type { CommandWords } from '../../domain/command-spec.ts'
import { allOf, ordersOf, phrases } from './phrases.ts'
import { branch, cluster, environment, required, service, sha, tag } from './shared-arguments.ts'

const putVerbs = ['mets', 'mettre', 'mettez', 'passe', 'passer', 'passez', 'envoie', 'envoyer', 'bascule', 'basculer']
const toProduction = ['mep', 'mise en prod', 'mise en production']

/** The words of `deploy`. */
export const deployWords: CommandWords = {
  name: 'deploy',
  action: 'deploy',
  effect: 'write',
  arguments: [required(service), required(environment), branch, tag, sha, cluster],
  words: {
    fr: [
      ...ordersOf('déploi', 'déploy'),
      ...ordersOf('redéploi', 'redéploy'),
      ...ordersOf('livr'),
      ...ordersOf('pouss'),
      ...ordersOf('publi'),
      ...phrases(putVerbs, [
        'en ligne',
        '… en ligne',
        'en {environment}',
        '… en {environment}',
        '… sur {environment}',
        'à jour',
        '… à jour',
      ]),
      'promeus',
      'promouvoir',
      ...toProduction,
    ],
    en: [
      'deploy',
      'redeploy',
      'ship',
      'release',
      'roll out',
      'roll … out',
      'rollout',
      'push',
      'promote',
      'upgrade',
      'update',
      'go live with',
      'put … live',
      'put … in {environment}',
      'put … into {environment}',
      'put … on {environment}',
      'send … to {environment}',
      'get … into {environment}',
      'get … live',
      'bring … live',
      'move … to {environment}',
    ],
  },
  nouns: {
    fr: [
      'déploiement',
      'redéploiement',
      'livraison',
      'mise en ligne',
      'mise à jour',
      'mise en place',
      'passage en prod',
    ],
    en: ['deployment', 'redeployment', 'rollout', 'release', 'deploying', 'shipping', 'releasing'],
  },
  implies: { ...allOf(toProduction, { environment: 'production' }) },
}
