export { type ConfluenceDouble, createConfluenceDouble } from './double.ts'
export type { ConfluenceSeed } from './world.ts'
