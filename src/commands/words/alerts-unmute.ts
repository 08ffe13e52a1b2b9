import type { CommandWords } from '../../domain/command-spec.ts'
import { monitorId } from './ids.ts'
import { phrases } from './phrases.ts'
import { alertSource, duration, service } from './shared-arguments.ts'

/** The words of `alerts.unmute`. */
export const alertsUnmuteWords: CommandWords = {
  name: 'alerts.unmute',
  action: 'alerts',
  effect: 'write',
  arguments: [alertSource, service, duration, monitorId],
  words: {
    fr: [
      ...phrases(
        ['réactive', 'réactiver', 'réactivez', 'rétablis', 'rétablir', 'remets', 'rallume', 'démute'],
        ['alerte', 'alertes', 'monitor'],
      ),
      'démute',
    ],
    en: [
      ...phrases(
        ['unmute', 'unsilence', 'reactivate', 'resume', 'enable', 're-enable'],
        ['alert', 'alerts', 'monitor'],
      ),
      'unmute',
      'unsilence',
    ],
  },
}
