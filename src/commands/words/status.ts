import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { cluster, environment, service } from './shared-arguments.ts'

const target: ArgumentSpec = {
  name: 'target',
  kind: 'choice',
  choices: {
    all: {
      fr: [
        'tout',
        'tous',
        'toutes',
        'tous services',
        'tous les services',
        'tous les clusters',
        'toute la plateforme',
        'ensemble',
        'tous les environnements',
      ],
      en: ['all', 'everything', 'all services', 'all clusters', 'every service', 'overall', 'all of it'],
    },
  },
}

/** The words of `status`. */
export const statusWords: CommandWords = {
  name: 'status',
  action: 'status',
  effect: 'read',
  arguments: [service, cluster, target, environment],
  words: {
    fr: [
      'status',
      'statut',
      'état',
      'santé',
      'comment va',
      'comment vont',
      'comment se porte',
      'comment se portent',
      'état de santé',
      'bilan de santé',
      'est-ce que … tourne',
      'est-ce que … marche',
      'est-ce que … fonctionne',
      'est-ce que … va bien',
      'santé générale',
    ],
    en: [
      'status',
      'health',
      'healthcheck',
      'health check',
      'how is',
      'how are',
      "how's",
      'hows',
      'is … up',
      'is … down',
      'is … healthy',
      'is … alive',
      'is … ok',
      'is … running',
      'are … healthy',
      'are … up',
      'state',
    ],
  },
}
