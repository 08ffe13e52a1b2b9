import { type ClusterDouble, createClusterDouble } from '../../sandbox/cluster/index.ts'
import { seededEstates } from '../../sandbox/seed-clusters.ts'

/** The simulated clusters of all workspaces, by `team cluster` (`clusterKey`). */
export type ClusterDoubles = ReadonlyMap<string, ClusterDouble>

/** What people can do to a service from the page. */
export type Disturbance = 'crash' | 'fail-rollout' | 'heal'

/** What a simulated cluster is known by: no two workspaces share one. */
export const clusterKey = (teamId: string, name: string) => `${teamId} ${name}`

/** Where a simulated cluster stands in the server. */
export const clusterPath = (teamId: string, name: string) => `/sandbox/clusters/${teamId}/${name}`

/** The clusters of every workspace. @param speed simulated seconds in a real one; absent = 1 */
export function createClusters(speed: { readonly speed?: number }): ClusterDoubles {
  const clusters = new Map<string, ClusterDouble>()
  for (const { teamId, clusters: seeds } of seededEstates) {
    for (const { name, seed, token } of seeds) {
      const where = { basePath: clusterPath(teamId, name), ...speed }
      clusters.set(
        clusterKey(teamId, name),
        createClusterDouble({ seed, accounts: [{ name: 'nox', token }], ...where }),
      )
    }
  }
  return clusters
}

/** What a simulated workflow does: when it ends (`ms` from now), the service runs the version that it was given. */
export function deployLater(
  clusters: ClusterDoubles,
  repository: string,
  inputs: Readonly<Record<string, unknown>>,
  ms: number,
): void {
  for (const { teamId, services } of seededEstates) {
    const service = services.find((each) => each.repository === repository)
    const target = service?.targets.find(({ environment }) => environment === inputs.environment)
    const cluster = target && clusters.get(clusterKey(teamId, target.cluster))
    if (!service || !target || !cluster) continue
    const tag = String(inputs.version).replace(/[^\w.-]+/g, '-')
    const image = service.imageTemplate.replace('{service}', service.name).replace('{tag}', tag)
    setTimeout(() => cluster.release(service.name, target.namespace, image), ms).unref()
  }
}

/** The page's panel: crashes, failing rollouts, and their repair. @param service `*` = all, for `heal` */
export function disturb(clusters: ClusterDoubles, what: Disturbance, service: string): void {
  for (const cluster of clusters.values()) {
    if (what === 'crash') cluster.crash(service)
    else if (what === 'fail-rollout') cluster.failNextRollout(service, 'CrashLoopBackOff')
    else cluster.heal(service === '*' ? undefined : service)
  }
}
