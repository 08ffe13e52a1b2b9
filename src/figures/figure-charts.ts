import type { ChartSeries, ChartSpec } from '../domain/chart.ts'
import type { TextKey } from '../texts/keys.ts'
import { phrase } from '../texts/phrase.ts'
import type { Daily } from './daily.ts'

/** Pictures of a period, of what there is something to show of: actions, deployments, their duration, time to restore. */
export function figureCharts(daily: Daily): readonly ChartSpec[] {
  const { deployments } = daily
  const series = (name: TextKey, values: ChartSeries['values'], tone?: ChartSeries['tone']): ChartSeries => ({
    name: phrase(name),
    values,
    ...(tone ? { tone } : {}),
  })
  const chart = (
    kind: ChartSpec['kind'],
    title: TextKey,
    unit: ChartSpec['unit'],
    all: readonly ChartSeries[],
  ): ChartSpec => ({ kind, title: phrase(title), unit, axis: { kind: 'days', days: daily.days }, series: all })
  const charts = [
    chart('stacked', 'chart.actions', 'count', [
      series('chart.done', daily.done),
      series('chart.failed', daily.failed, 'bad'),
      series('chart.notRun', daily.notRun, 'quiet'),
    ]),
    chart('stacked', 'chart.deployments', 'count', [
      series('chart.deployments.done', deployments.done),
      series('chart.deployments.failed', deployments.failed, 'bad'),
      series('chart.deployments.rollbacks', deployments.rollbacks, 'quiet'),
    ]),
    chart('line', 'chart.duration', 'duration', [series('chart.duration.median', daily.duration)]),
    chart('bar', 'chart.restore', 'duration', [series('chart.restore.median', daily.restore)]),
  ]
  return charts.filter(({ series: all }) => all.some(({ values }) => values.some((value) => (value ?? 0) > 0)))
}
