import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'
import { alertSource, duration, service } from './shared-arguments.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['alerte', 'alertes', 'numéro', 'monitor', 'id'], en: ['alert', 'alerts', 'number', 'monitor', 'id'] },
}

/** The words of `alerts.mute`. */
export const alertsMuteWords: CommandWords = {
  name: 'alerts.mute',
  action: 'alerts',
  effect: 'write',
  arguments: [alertSource, service, duration, id],
  words: {
    fr: [
      ...phrases(
        [
          'coupe',
          'couper',
          'coupez',
          'désactive',
          'désactiver',
          'suspends',
          'suspendre',
          'éteins',
          'mets en sourdine',
          'mets en pause',
          'fais taire',
        ],
        ['alerte', 'alertes', 'monitor'],
      ),
      'mets en sourdine',
    ],
    en: [
      ...phrases(['mute', 'silence', 'snooze', 'pause', 'disable', 'suppress'], ['alert', 'alerts', 'monitor']),
      'mute',
      'silence',
      'snooze',
    ],
  },
}
