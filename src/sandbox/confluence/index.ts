export { confluenceOperations } from './data-center.ts'
export { type ConfluenceDouble, createConfluenceDouble } from './double.ts'
export type { ConfluenceSeed } from './world.ts'
