import type { CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { cluster, environment, required, service } from './shared-arguments.ts'

/** The words of `restart`. */
export const restartWords: CommandWords = {
  name: 'restart',
  action: 'restart',
  effect: 'write',
  arguments: [required(service), environment, cluster],
  words: {
    fr: [...ordersOf('redémarr'), ...ordersOf('relanc'), 'reboote', 'rebooter', 'fais redémarrer', 'faire redémarrer'],
    en: ['restart', 'bounce', 'reboot', 'kick'],
  },
}
