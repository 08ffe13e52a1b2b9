import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Command, HelpTheme, Knowledge } from './command.ts'

/** Who stands behind a family of commands that does not run in this version. */
const vendors: { readonly [family: string]: string } = {
  ticket: 'Jira',
  report: 'Notion',
  alerts: 'Datadog',
  metrics: 'Datadog',
  dashboard: 'Grafana',
  runs: 'GitHub',
  pulls: 'GitHub',
  docs: 'Notion',
}

const features: readonly string[] = [
  'feature.deploy',
  'feature.rollback',
  'feature.restart',
  'feature.scale',
  'feature.logs',
  'feature.status',
  'feature.pods',
  'feature.events',
  'feature.backup',
  'feature.ticket',
  'feature.incident',
  'feature.report',
  'feature.alerts',
  'feature.metrics',
  'feature.dashboard',
  'feature.runs',
  'feature.pulls',
  'feature.docs',
  'feature.invite',
  'feature.share',
  'feature.demo',
  'feature.schedule',
] satisfies TextKey[]

/** What a command is about, as the subject of a sentence: `La gestion des tickets`. */
export function featureOf(command: string): Phrase {
  const key = `feature.${command.split('.')[0]}`
  return features.includes(key) ? phrase(key as TextKey) : phrase('feature.other', { command })
}

/** Says that a command does not run in this version, and what it would need. */
export function notInVersion(command: string): Phrase {
  const feature = featureOf(command)
  const vendor = vendors[command.split('.')[0] ?? '']
  return vendor === undefined
    ? phrase('question.notAvailable', { feature })
    : phrase('question.notInVersion', { feature, vendor })
}

/** What an admin must set up before a command can do anything. */
export type Gap = 'cluster' | 'service' | 'target'

/** The sentence that names a gap, said of a feature. */
export const gapPhrase = (gap: Gap, feature: Phrase): Phrase =>
  gap === 'cluster'
    ? phrase('question.notConnected', { feature, vendor: 'Kubernetes' })
    : phrase(gap === 'service' ? 'question.noService' : 'question.noTarget', { feature })

const onClusters: readonly HelpTheme[] = ['deploy', 'operate', 'look', 'backup']

/** What this tenant lacks for a command; `null` = nothing. */
export function gapOf(command: Command, knowledge: Knowledge): Gap | null {
  if (!onClusters.includes(command.theme)) return null
  if (knowledge.clusters.length === 0) return 'cluster'
  const requires = (name: string) => command.words.arguments.some((each) => each.name === name && each.required)
  if (requires('service') && knowledge.services.length === 0) return 'service'
  return requires('target') && knowledge.backupTargets.length === 0 ? 'target' : null
}
