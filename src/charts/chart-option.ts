import type { EChartsOption, SeriesOption } from 'echarts'
import type { SaidChart, SaidSeries } from './say-chart.ts'
import { sayFigure } from './say-figure.ts'

/** Size of a picture in CSS pixels; it is drawn at twice that. */
export const chartSize = { width: 720, height: 340 } as const
export const fontFamily = 'Inter'

/** A light card of its own: Slack's background, light or dark, never shows through the ink. */
export const paper = '#ffffff'
const ink = { strong: '#1d1c1d', soft: '#5c5b5f', line: '#e4e4e7', axis: '#a8a8ad' }
/** Told apart by people who confuse colours: they differ in lightness as well (Okabe and Ito's set, darkened for white). */
const hues = ['#1f6fb8', '#d97706', '#0b8a6b', '#7e57c2', '#b23a75', '#4b5563']
const tones = { bad: '#c9362b', quiet: '#b4b7bd' }
/** Failures are hatched too: colour alone says nothing. */
const hatch = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: '#ffffff66' }

const durationSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400]
/** Lines on the way up. */
const gridLines = 5

/** What ECharts is told to draw. */
export function chartOption(chart: SaidChart, nothing: string): EChartsOption {
  const { labels, series, language, unit } = chart
  const isEmpty = !series.some(({ values }) => values.some((value) => value !== null))
  const hasLegend = series.length > 1
  const text = (size: number, color: string) => ({ fontFamily, fontSize: size, color })
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily },
    title: [
      { text: chart.title, left: 24, top: 18, textStyle: { ...text(17, ink.strong), fontWeight: 600 } },
      ...(isEmpty
        ? [
            {
              text: nothing,
              left: 'center',
              top: 'middle',
              textStyle: { ...text(15, ink.soft), fontWeight: 400 as const },
            },
          ]
        : []),
    ],
    ...(hasLegend && !isEmpty
      ? { legend: { left: 24, top: 46, itemWidth: 14, itemHeight: 10, itemGap: 18, textStyle: text(13, ink.soft) } }
      : {}),
    grid: {
      left: 24,
      right: 28,
      top: hasLegend ? 84 : 64,
      bottom: 18,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: [...labels],
      show: !isEmpty,
      boundaryGap: chart.kind !== 'line',
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.axis } },
      axisLabel: { ...text(12.5, ink.soft), hideOverlap: true, margin: 12, overflow: 'truncate', width: 120 },
    },
    yAxis: {
      type: 'value',
      show: !isEmpty,
      splitNumber: gridLines,
      splitLine: { lineStyle: { color: ink.line } },
      axisLabel: {
        ...text(12.5, ink.soft),
        margin: 12,
        formatter: (value: number) => sayFigure(value, unit, language),
      },
      ...scaleOf(chart),
    },
    series: series.map((each, index) => seriesOption(each, index, chart)),
  }
}

/** Whole counts, and durations by minutes or hours instead of round milliseconds. */
function scaleOf({ unit, series, kind }: SaidChart) {
  if (unit === 'count') return { minInterval: 1 }
  const highest = Math.max(0, ...heights(series, kind))
  if (unit === 'share') return highest <= 1 ? { min: 0, minInterval: 0.01, ...(highest > 0.5 ? { max: 1 } : {}) } : {}
  if (unit !== 'duration' || highest < 1_000) return {}
  const seconds = highest / 1_000
  const step =
    durationSteps.find((each) => seconds / each <= gridLines) ?? Math.ceil(seconds / gridLines / 86_400) * 86_400
  return { min: 0, interval: step * 1_000, max: Math.ceil(seconds / step) * step * 1_000 }
}

function heights(series: readonly SaidSeries[], kind: SaidChart['kind']): number[] {
  if (kind !== 'stacked') return series.flatMap(({ values }) => values.map((value) => value ?? 0))
  const places = series[0]?.values.length ?? 0
  return Array.from({ length: places }, (_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
}

function seriesOption({ name, values, tone }: SaidSeries, index: number, { kind }: SaidChart): SeriesOption {
  const color = tone === 'plain' ? (hues[index % hues.length] ?? ink.soft) : tones[tone]
  const data = [...values]
  if (kind === 'line') {
    const isSparse = data.filter((value) => value !== null).length <= 31
    return {
      type: 'line',
      name,
      data,
      color,
      lineStyle: { width: 2.5, color },
      symbol: 'circle',
      symbolSize: 6,
      showSymbol: isSparse,
      connectNulls: isSparse,
      ...(index === 0 ? { areaStyle: { color, opacity: 0.1 } } : {}),
    }
  }
  return {
    type: 'bar',
    name,
    data,
    color,
    barMaxWidth: 44,
    barCategoryGap: '28%',
    ...(kind === 'stacked' ? { stack: 'all' } : {}),
    itemStyle: { color, ...(tone === 'bad' ? { decal: hatch } : {}) },
  }
}
