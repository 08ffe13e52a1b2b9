import type { Language } from '../../domain/command-spec.ts'
import { foldWithoutAccents } from '../fold.ts'

const both: readonly Language[] = ['fr', 'en']
const french: readonly Language[] = ['fr']

interface EnvironmentWord {
  readonly value: string
  readonly languages: readonly Language[]
  /** With its accents. */
  readonly spelling: string
}

/** What people call the three environments that every tenant has, folded. */
export const environmentWords: ReadonlyMap<string, EnvironmentWord> = new Map<string, EnvironmentWord>([
  ...words('production', both, 'production', 'prod', 'prd', 'live'),
  ...words('staging', both, 'staging', 'stage', 'stg', 'préprod', 'pré-prod', 'préproduction', 'pré-production'),
  ...words('staging', french, 'recette'),
  ...words('development', both, 'development', 'dev', 'develop'),
  ...words('development', french, 'développement'),
])

/** Names that tenants commonly define; they count only after a preposition or the noun. */
export const commonEnvironments: ReadonlySet<string> = new Set([
  'qa',
  'uat',
  'sandbox',
  'perf',
  'integration',
  'test',
  'demo',
  'canary',
  'preview',
])

function words(
  value: string,
  languages: readonly Language[],
  ...spellings: readonly string[]
): [string, EnvironmentWord][] {
  return spellings.map((spelling) => [foldWithoutAccents(spelling), { value, languages, spelling }])
}
