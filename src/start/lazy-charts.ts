import type { Services } from '../actions/services.ts'

/** Charts, loaded with the first one. */
export const lazyCharts: NonNullable<Services['charts']> = {
  draw: async (chart, language) => (await import('../charts/index.ts')).drawChart(chart, language),
  say: async (chart, language) => (await import('../charts/index.ts')).chartText(chart, language),
}
