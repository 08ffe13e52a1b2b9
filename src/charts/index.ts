export { chartText } from './chart-text.ts'
export { drawChart } from './draw-chart.ts'
