export { type ClusterDouble, type ClusterDoubleOptions, type ClusterSeed, createClusterDouble } from './double.ts'
export type { Trouble } from './pod-life.ts'
