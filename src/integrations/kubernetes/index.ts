export { readKubeconfig } from './read-kubeconfig.ts'
