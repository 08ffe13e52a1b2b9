import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { Resvg } from '@resvg/resvg-js'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { chartOption, chartSize, fontFamily, paper } from './chart-option.ts'
import type { SaidChart } from './say-chart.ts'

/** What the thread is asked, and what it answers with. */
export interface DrawRequest {
  readonly id: number
  readonly chart: SaidChart
  readonly nothing: string
}
export type DrawReply = { readonly id: number } & ({ readonly png: Uint8Array } | { readonly problem: string })

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

const resolve = createRequire(import.meta.url).resolve
const fontFiles = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) =>
  resolve(`@expo-google-fonts/inter/${file}`),
)
/** Widths of Inter in em, roughly and rather too wide: no canvas measures text here, and ECharts' own guess is narrower. */
const widthOf = (letter: string): number =>
  /[ijl.,:;'|! ]/.test(letter)
    ? 0.31
    : /[mwMW@%—…]/.test(letter)
      ? 0.95
      : /[\p{Lu}\p{Extended_Pictographic}]/u.test(letter)
        ? 0.72
        : 0.6
setPlatformAPI({
  measureText(text: string, font?: string) {
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1] ?? 12)
    return { width: [...text].reduce((sum, letter) => sum + widthOf(letter), 0) * size }
  },
})

/** Pixels of the picture for one of its size: sharp on a dense screen. */
const density = 2

function draw({ chart, nothing }: DrawRequest): Uint8Array {
  const { width, height } = chartSize
  const picture = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    picture.setOption(chartOption(chart, nothing))
    const card = `<rect width="${width}" height="${height}" rx="12" fill="${paper}"/>`
    const svg = picture.renderToSVGString().replace(/(<svg[^>]*>)/, `$1${card}`)
    const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: fontFamily }
    return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: density } }).render().asPng()
  } finally {
    picture.dispose()
  }
}

parentPort?.on('message', (request: DrawRequest) => {
  let reply: DrawReply
  try {
    reply = { id: request.id, png: draw(request) }
  } catch (error) {
    reply = { id: request.id, problem: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(reply)
})
