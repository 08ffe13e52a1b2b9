export { type ClusterDouble, type ClusterDoubleOptions, createClusterDouble } from './double.ts'
export type { Trouble } from './pod-life.ts'
export type { ClusterSeed } from './seed.ts'
