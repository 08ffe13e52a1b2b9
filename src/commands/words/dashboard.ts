import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { monitoringSource, required } from './shared-arguments.ts'

const name: ArgumentSpec = { name: 'name', kind: 'rest', bare: true }

/** The words of `dashboard`. */
export const dashboardWords: CommandWords = {
  name: 'dashboard',
  action: 'metrics',
  effect: 'read',
  arguments: [{ ...monitoringSource, trailing: true }, required(name)],
  words: {
    fr: ['dashboard', 'tableau de bord', 'tableaux de bord'],
    en: ['dashboard', 'dashboards'],
  },
}
