import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

const group: ArgumentSpec = {
  name: 'group',
  kind: 'name',
  bare: true,
  nouns: { fr: ['groupe', 'équipe'], en: ['group', 'team'] },
}

/** The words of `oncall`. */
export const onCallWords: CommandWords = {
  name: 'oncall',
  action: 'alerts',
  effect: 'read',
  arguments: [group],
  words: {
    fr: [
      ...phrases(
        ['qui est', 'qui sont', "qui c'est qui est", 'qui'],
        ["d'astreinte", 'dastreinte', 'de garde', 'en astreinte'],
      ),
      'astreinte',
      'astreintes',
      "d'astreinte",
      ...phrases(['planning', 'tableau', 'calendrier'], ["d'astreinte", 'des astreintes']),
    ],
    en: [
      ...phrases(['who is', "who's", 'who are', 'whos'], ['on call', 'on-call', 'oncall', 'on duty']),
      'on call',
      'on-call',
      'oncall',
      ...phrases(['on call', 'on-call', 'oncall'], ['rota', 'schedule', 'roster', 'table']),
    ],
  },
}
