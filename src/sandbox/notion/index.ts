export { createNotionDouble, type NotionDouble } from './double.ts'
export { databaseIdOf, type NotionSeed } from './world.ts'
