export { createClusters, type KubernetesClusters } from './clusters.ts'
export { readKubeconfig } from './read-kubeconfig.ts'
export type { SeenCluster, WaysOut } from './ways-out.ts'
