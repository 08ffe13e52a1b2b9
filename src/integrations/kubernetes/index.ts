export { createClusters, type KubernetesClusters } from './clusters.ts'
export { readKubeconfig } from './read-kubeconfig.ts'
