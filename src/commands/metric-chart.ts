import type { MetricSeries, MetricUnit } from '../capabilities/metrics.ts'
import type { ChartSpec, ChartUnit } from '../domain/chart.ts'
import type { Phrase } from '../texts/phrase.ts'

/** One line of the answer: what it is called, and what was measured. */
export interface Measured {
  readonly label: Phrase
  readonly unit: MetricUnit
  readonly series: MetricSeries
}

/** Values of a series that a picture can show. */
const mostValues = 500

const unitOf: Readonly<Record<MetricUnit, ChartUnit>> = {
  bytes: 'bytes',
  seconds: 'duration',
  cores: 'number',
  perSecond: 'number',
  none: 'number',
}

/** The picture of one metric: its series over the times at which any of them was measured; none where nothing was. */
export function metricChart(title: Phrase, measured: readonly Measured[], timeZone: string): readonly ChartSpec[] {
  const [first] = measured
  const all = [...new Set(measured.flatMap(({ series }) => series.points.map(([at]) => at)))].sort((a, b) => a - b)
  const every = Math.ceil(all.length / mostValues)
  const at = all.filter((_, index) => index % every === 0)
  if (!first || at.length < 2) return []
  const factor = first.unit === 'seconds' ? 1_000 : 1
  return [
    {
      kind: 'line',
      title,
      unit: unitOf[first.unit],
      axis: { kind: 'times', at, timeZone },
      series: measured.map(({ label, series }) => {
        const values = new Map(series.points)
        return {
          name: label,
          values: at.map((each) => {
            const value = values.get(each) ?? null
            return value === null || !Number.isFinite(value) ? null : value * factor
          }),
        }
      }),
    },
  ]
}
