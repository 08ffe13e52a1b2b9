import type { CommandWords } from '../../domain/command-spec.ts'
import { alertSource, service } from './shared-arguments.ts'

/** The words of `alerts.rules`. */
export const alertsRulesWords: CommandWords = {
  name: 'alerts.rules',
  action: 'alerts',
  effect: 'read',
  arguments: [alertSource, service],
  words: {
    fr: ["règles d'alerte", "règles d'alertes", 'règles alertes', 'règles des alertes', 'moniteurs', 'liste moniteurs'],
    en: ['alert rules', 'alerting rules', 'rules of alerts', 'monitors', 'list monitors'],
  },
}
