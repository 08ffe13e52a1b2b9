export { createSlackDouble, type SlackDouble } from './double.ts'
export type { DoubleFault } from './faults.ts'
export type { SlackDoubleOptions } from './options.ts'
