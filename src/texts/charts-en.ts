import type { frCharts } from './charts-fr.ts'
import type { Template } from './keys.ts'

/** What a picture of figures says, in English. */
export const enCharts: Record<keyof typeof frCharts, Template> = {
  'chart.text': '{title}. {parts}.',
  'chart.text.empty': '{title}. No data.',
  'chart.text.none': '{name}: no data',
  'chart.text.all': '{name}: {all}',
  'chart.text.total': '{name}: {total} in total, {max} at most ({when})',
  'chart.text.range': '{name}: {min} to {max} (highest: {when}), {last} at the end',
  'chart.actions': 'Actions a day',
  'chart.done': 'Succeeded',
  'chart.failed': 'Failed',
  'chart.notRun': 'Refused, cancelled or under way',
  'chart.deployments': 'Deployments a day',
  'chart.deployments.done': 'Succeeded',
  'chart.deployments.failed': 'Failed',
  'chart.deployments.rollbacks': 'Rollbacks',
  'chart.duration': 'Duration of deployments',
  'chart.duration.median': 'Median of the day',
  'chart.restore': 'Time to restore',
  'chart.restore.median': 'Median of the day',
  'chart.none': 'No data in this period',
}
