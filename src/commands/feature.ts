import type { Arguments } from '../domain/command-spec.ts'
import { isVendor, providersOf, type Vendor, vendorNames } from '../domain/integration.ts'
import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { Command, HelpTheme, Knowledge } from './command.ts'

/** Who stands behind a family of commands that does not run in this version. */
const vendors: { readonly [family: string]: string } = {
  ticket: 'Jira',
  alerts: 'Datadog',
  metrics: 'Datadog',
  dashboard: 'Grafana',
  runs: 'GitHub',
  pulls: 'GitHub',
  releases: 'GitHub',
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
  'feature.releases',
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
export type Gap = 'cluster' | 'service' | 'target' | 'repository' | Vendor

/** The sentence that names a gap, said of a feature. */
export function gapPhrase(gap: Gap, feature: Phrase): Phrase {
  if (isVendor(gap)) return phrase('question.notConnected', { feature, vendor: vendorNames[gap] })
  switch (gap) {
    case 'cluster':
      return phrase('question.notConnected', { feature, vendor: 'Kubernetes' })
    case 'service':
      return phrase('question.noService', { feature })
    case 'target':
      return phrase('question.noTarget', { feature })
    case 'repository':
      return phrase('question.noRepository', { feature })
  }
}

const onClusters: readonly HelpTheme[] = ['deploy', 'operate', 'look', 'backup']

/** What this tenant lacks for a command; `null` = nothing. */
export function gapOf(command: Command, knowledge: Knowledge, args: Arguments = {}): Gap | null {
  const { capability } = command
  const wanted = command.words.name === 'report' ? args.destination : undefined
  if (typeof wanted === 'string' && isVendor(wanted)) {
    return knowledge.integrations.some(({ vendor }) => vendor === wanted) ? null : wanted
  }
  if (capability) {
    const vendors = providersOf[capability]
    if (!knowledge.integrations.some(({ vendor }) => vendors.includes(vendor))) return vendors[0] ?? null
    const hasRepository = knowledge.services.some((service) => service.repository !== undefined)
    return capability === 'repositories' && !hasRepository && args.repository === undefined ? 'repository' : null
  }
  if (!onClusters.includes(command.theme)) return null
  if (knowledge.clusters.length === 0) return 'cluster'
  const requires = (name: string) => command.words.arguments.some((each) => each.name === name && each.required)
  if (requires('service') && knowledge.services.length === 0) return 'service'
  return requires('target') && knowledge.backupTargets.length === 0 ? 'target' : null
}
