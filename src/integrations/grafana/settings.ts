import type { SettingSpec, SettingValues } from '../../capabilities/connectors.ts'
import { readQueries } from '../../capabilities/metric-queries.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { preferredSetting } from '../shared/preferred-setting.ts'

/** What an admin enters to connect Grafana: its address and the token of a service account. */
export const grafanaSettings: readonly SettingSpec[] = [
  { name: 'url', kind: 'url', label: 'grafana.url', hint: 'grafana.url.hint' },
  { name: 'token', kind: 'secret', label: 'grafana.token', hint: 'grafana.token.hint' },
  { name: 'dataSource', kind: 'text', label: 'grafana.dataSource', hint: 'grafana.dataSource.hint', optional: true },
  { name: 'queries', kind: 'lines', label: 'metrics.queries', hint: 'grafana.queries.hint', optional: true },
  preferredSetting(['alerts', 'dashboards', 'metrics']),
]

/** An admin's own queries name their meaning. */
export function checkGrafana({ queries = '' }: SettingValues): Readonly<Record<string, Phrase>> | null {
  return readQueries(queries) === null ? { queries: phrase('metrics.queries.line') } : null
}
