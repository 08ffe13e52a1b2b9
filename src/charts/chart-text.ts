import type { ChartSpec } from '../domain/chart.ts'
import type { Language } from '../domain/command-spec.ts'
import { phrase } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'
import { type SaidChart, type SaidSeries, sayChart } from './say-chart.ts'
import { sayFigure } from './say-figure.ts'

/** Figures of a series that are named one by one; more are told by their total or range. */
const mostNamed = 8
const longest = 1_500

/**
 * What a chart shows, in words, for those who do not see it: each series with its total or its range, and when it was
 * at its highest; of a few bars every one. At most 1,500 characters.
 */
export function chartText(spec: ChartSpec, language: Language): string {
  const said = sayChart(spec, language)
  const parts = said.series.map((series) => saySeries(series, said))
  const text = plainPhrase(
    parts.length > 0
      ? phrase('chart.text', { title: said.title, parts: parts.join(language === 'fr' ? '\u202f; ' : '; ') })
      : phrase('chart.text.empty', { title: said.title }),
    language,
  )
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}

function saySeries({ name, values }: SaidSeries, { labels, unit, kind, language }: SaidChart): string {
  const say = (value: number) => sayFigure(value, unit, language)
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, label: labels[index] ?? '' }]))
  if (known.length === 0) return plainPhrase(phrase('chart.text.none', { name }), language)
  if (kind !== 'line' && known.length <= mostNamed) {
    const all = known.map(({ label, value }) => `${label} ${say(value)}`).join(', ')
    return plainPhrase(phrase('chart.text.all', { name, all }), language)
  }
  const highest = known.reduce((best, each) => (each.value > best.value ? each : best))
  const facts = { name, max: say(highest.value), when: highest.label }
  if (unit === 'count') {
    const total = say(known.reduce((sum, { value }) => sum + value, 0))
    return plainPhrase(phrase('chart.text.total', { ...facts, total }), language)
  }
  const min = say(Math.min(...known.map(({ value }) => value)))
  return plainPhrase(phrase('chart.text.range', { ...facts, min, last: say(known.at(-1)?.value ?? 0) }), language)
}
