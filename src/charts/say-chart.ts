import type { ChartAxis, ChartSeries, ChartSpec, ChartUnit } from '../domain/chart.ts'
import type { Language } from '../domain/command-spec.ts'
import { plainPhrase, plainText } from '../texts/render.ts'
import { sayDay, sayMoment } from './say-figure.ts'

/** A chart with its words said in one language: plain data, which a thread can be handed. */
export interface SaidChart {
  readonly kind: ChartSpec['kind']
  readonly title: string
  readonly unit: ChartUnit
  readonly labels: readonly string[]
  readonly series: readonly SaidSeries[]
  readonly language: Language
}

export interface SaidSeries {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly tone: 'plain' | 'bad' | 'quiet'
}

const mostSeries = 6
const mostValues = 1_000
const longestTitle = 90
const longestName = 40

const cut = (text: string, limit: number): string => {
  // Control characters have no place in an SVG.
  const letters = [
    ...text
      .toWellFormed()
      .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
      .trim(),
  ]
  return letters.length <= limit ? letters.join('') : `${letters.slice(0, limit - 1).join('')}…`
}

/** Says a chart in a language, within bounds: the newest 1,000 values of the first 6 series. */
export function sayChart(spec: ChartSpec, language: Language): SaidChart {
  const labels = labelsOf(spec.axis, language)
  const from = Math.max(0, labels.length - mostValues)
  return {
    kind: spec.kind,
    title: cut(plainPhrase(spec.title, language), longestTitle),
    unit: spec.unit,
    labels: labels.slice(from).map((label) => cut(label, longestName)),
    series: spec.series.slice(0, mostSeries).map((each) => saySeries(each, labels.length, from, language)),
    language,
  }
}

function saySeries({ name, values, tone }: ChartSeries, length: number, from: number, language: Language): SaidSeries {
  const shown = Array.from({ length }, (_, index) => values[index] ?? null).slice(from)
  return {
    name: cut(plainText(name, language), longestName),
    values: shown.map((value) => (value !== null && Number.isFinite(value) ? value : null)),
    tone: tone ?? 'plain',
  }
}

function labelsOf(axis: ChartAxis, language: Language): readonly string[] {
  switch (axis.kind) {
    case 'days':
      return axis.days.map((day) => sayDay(day, language))
    case 'times': {
      const first = axis.at[0] ?? 0
      const isLong = (axis.at.at(-1) ?? first) - first > 36 * 3_600_000
      return axis.at.map((at) => sayMoment(at, axis.timeZone, language, isLong))
    }
    case 'names':
      return axis.names.map((name) => plainText(name, language))
  }
}
