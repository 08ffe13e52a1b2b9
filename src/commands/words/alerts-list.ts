import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { alertSource, duration, service } from './shared-arguments.ts'

const id: ArgumentSpec = {
  name: 'id',
  kind: 'id',
  nouns: { fr: ['alerte', 'numéro', 'id'], en: ['alert', 'number', 'monitor', 'id'] },
}

const severity: ArgumentSpec = {
  name: 'severity',
  kind: 'choice',
  nouns: { fr: ['sévérité', 'gravité'], en: ['severity'] },
  choices: {
    critical: { fr: ['critique', 'critiques'], en: ['critical'] },
    warning: { fr: ['avertissement', 'avertissements'], en: ['warning', 'warnings'] },
  },
}

/** The words of `alerts.list`. */
export const alertsListWords: CommandWords = {
  name: 'alerts.list',
  action: 'alerts',
  effect: 'read',
  arguments: [alertSource, severity, service, duration, id],
  words: {
    fr: ['alertes', 'alerte', 'alertes actives', 'alertes en cours'],
    en: ['alerts', 'alert', 'active alerts', 'firing alerts', 'open alerts'],
  },
}
