import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Servers of a control plane, with the packages that they are built of. */
export const packages = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  kubemark: 'k8s.io/kubernetes/cmd/kubemark',
} as const

export type Server = keyof typeof packages
export const servers = Object.keys(packages) as readonly Server[]

/** Kubernetes' version, as the Go module beside this file names it: `v1.36.3`. */
export const kubernetesVersion: string =
  /k8s\.io\/kubernetes (v[\d.]+)/.exec(readFileSync(join(import.meta.dirname, 'go.mod'), 'utf8'))?.[1] ?? ''

/** Where the servers are kept: outside of the repository, built once. */
export const folder: string = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'nox-cluster',
  kubernetesVersion,
)

export const pathOf = (server: Server): string => join(folder, server)

/** Servers that are not built yet. */
export const missing = (): readonly Server[] => servers.filter((server) => !existsSync(pathOf(server)))
