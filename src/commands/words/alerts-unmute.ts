import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'
import { alertSource, duration, service } from './shared-arguments.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['alerte', 'alertes', 'numéro', 'monitor', 'id'], en: ['alert', 'alerts', 'number', 'monitor', 'id'] },
}

/** The words of `alerts.unmute`. */
export const alertsUnmuteWords: CommandWords = {
  name: 'alerts.unmute',
  action: 'alerts',
  effect: 'write',
  arguments: [alertSource, service, duration, id],
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
