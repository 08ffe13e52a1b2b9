import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { cluster, environment, service } from './shared-arguments.ts'

const target: ArgumentSpec = {
  name: 'target',
  kind: 'choice',
  choices: {
    all: {
      fr: ['tout', 'tous', 'toutes', 'tous les services', 'tous les clusters', 'global', 'général'],
      en: ['all', 'everything', 'all services', 'all clusters', 'overall'],
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
    fr: ['status', 'statut', 'état', 'santé', 'comment va', 'comment vont'],
    en: ['status', 'health', 'how is', 'how are'],
  },
}
