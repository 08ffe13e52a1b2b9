export { createGithubDouble, type GithubDouble, type GithubDoubleOptions } from './double.ts'
export type { GithubSeed, RepositorySeed } from './world.ts'
