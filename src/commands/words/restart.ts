import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { cluster, environment, required, service } from './shared-arguments.ts'

const restarted: ArgumentSpec = {
  ...service,
  nouns: {
    fr: [...(service.nouns?.fr ?? []), 'pods', 'pod', 'conteneur', 'conteneurs', 'instances', 'tous les pods'],
    en: [
      ...(service.nouns?.en ?? []),
      'pods',
      'pod',
      'container',
      'containers',
      'instances',
      'all pods',
      'all the pods',
    ],
  },
}

/** The words of `restart`. */
export const restartWords: CommandWords = {
  name: 'restart',
  action: 'restart',
  effect: 'write',
  arguments: [required(restarted), environment, cluster],
  words: {
    fr: [...ordersOf('redémarr'), ...ordersOf('relanc'), ...ordersOf('reboot'), 'fais redémarrer', 'faire redémarrer'],
    en: ['restart', 'bounce', 'reboot', 'rolling restart', 'rollout restart', 'power cycle', 'recycle'],
  },
  nouns: { fr: ['redémarrage', 'relance'], en: ['restarting', 'rebooting', 'bouncing', 'recycling'] },
}
