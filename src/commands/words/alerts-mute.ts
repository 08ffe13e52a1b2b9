import type { CommandWords } from '../../domain/command-spec.ts'
import { monitorId } from './ids.ts'
import { phrases } from './phrases.ts'
import { alertSource, duration, service } from './shared-arguments.ts'

/** The words of `alerts.mute`. */
export const alertsMuteWords: CommandWords = {
  name: 'alerts.mute',
  action: 'alerts',
  effect: 'write',
  arguments: [alertSource, service, duration, monitorId],
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
