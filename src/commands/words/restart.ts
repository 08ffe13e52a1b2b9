import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { cluster, environment, required, service } from './shared-arguments.ts'

const restarted: ArgumentSpec = {
  ...service,
  nouns: {
    fr: [...(service.nouns?.fr ?? []), 'pods', 'pod', 'conteneur', 'conteneurs', 'instances'],
    en: [...(service.nouns?.en ?? []), 'pods', 'pod', 'container', 'containers', 'instances'],
  },
}

/** The words of `restart`. */
export const restartWords: CommandWords = {
  name: 'restart',
  action: 'restart',
  effect: 'write',
  arguments: [required(restarted), environment, cluster],
  words: {
    fr: [
      ...ordersOf('redémarr'),
      ...ordersOf('relanc'),
      ...ordersOf('reboot'),
      'restart',
      'fais redémarrer',
      'faire redémarrer',
    ],
    en: ['restart', 'bounce', 'reboot', 'rolling restart', 'power cycle'],
  },
  nouns: { fr: ['redémarrage', 'reboot'], en: ['restarting'] },
}
