import type { CallOptions, ClusterConnection, Clusters } from '../../capabilities/clusters.ts'
import type { ServiceTarget } from '../../domain/catalogue.ts'
import { type Apis, apisOf, listAll } from './apis.ts'
import { noteFailure, placeOf, restart, scale, setImage, wasChangedBy } from './change-deployment.ts'
import { findJob, startJob, watchJob } from './jobs.ts'
import { selectorOf } from './labels.ts'
import { createLanes } from './lanes.ts'
import { readLogs } from './logs.ts'
import { clusterStatus, deployments, eventsOf, podsOf } from './look.ts'
import { readDeployment, readRevisions } from './read-deployment.ts'
import { restAfterFailures } from './rest-after-failures.ts'
import { createSessions, openApart, type Session, type WaysOut } from './session.ts'
import { testAccess } from './test-access.ts'
import { watchCluster } from './watch-cluster.ts'
import { watchRollout } from './watch-rollout.ts'
import { type FollowTimes, type WatchTimes, watchTimes } from './watch-times.ts'

/** What noting a failed revision may take (ms): the answer does not wait longer for it. */
const notePatience = 3_000

/** Kubernetes over its API. Close it with the process. */
export interface KubernetesClusters extends Clusters {
  close(): Promise<void>
}

/**
 * @param options.egress the way out, which decides what addresses clusters may have
 * @param options.own the cluster that NOX runs in, and the way to it; absent = nobody may use it
 */
export function createClusters(
  options: WaysOut & {
    readonly now?: () => number
    readonly watchTimes?: Partial<WatchTimes>
    readonly followTimes?: FollowTimes
  },
): KubernetesClusters {
  const sessions = createSessions(options)
  const now = options.now ?? Date.now
  const lane = createLanes()
  const laneOf = ({ cluster }: ClusterConnection, { namespace, deployment }: ServiceTarget) =>
    [cluster.tenantId, cluster.id, namespace, deployment].join('/')

  /** @param how `steady` = sent whatever failed before: by what follows, and by a test */
  async function open(
    connection: ClusterConnection,
    { signal }: CallOptions,
    how: 'resting' | 'steady' = 'resting',
  ): Promise<{ session: Session; apis: Apis }> {
    const steady = await sessions.open(connection)
    const session = how === 'steady' ? steady : restAfterFailures(steady, connection.cluster.name)
    return { session, apis: await apisOf(session, signal) }
  }

  return {
    async test(connection, call) {
      const { apis } = await open(connection, call, 'steady')
      return testAccess(apis, connection.cluster.namespaces, connection.cluster.watchChannel !== undefined)
    },
    async status(connection, namespaces, call) {
      return clusterStatus((await open(connection, call)).apis, namespaces)
    },
    async deployment(connection, target, call) {
      const { apis } = await open(connection, call)
      return readDeployment(await apis.apps.readNamespacedDeployment(placeOf(target)), target.container)
    },
    async revisions(connection, target, call) {
      const { apis } = await open(connection, call)
      const place = placeOf(target)
      const deployment = await apis.apps.readNamespacedDeployment(place)
      const labelSelector = selectorOf(deployment)
      const { namespace } = place
      const sets = await listAll((page) => apis.apps.listNamespacedReplicaSet({ namespace, labelSelector, ...page }))
      return readRevisions(deployment, sets, target)
    },
    async setImage(connection, target, image, actionId, call) {
      const { apis } = await open(connection, call)
      return lane(laneOf(connection, target), () => setImage(apis, target, image, actionId))
    },
    async restart(connection, target, actionId, call) {
      const { apis } = await open(connection, call)
      return lane(laneOf(connection, target), () => restart(apis, target, actionId, now()))
    },
    async scale(connection, target, replicas, actionId, call) {
      const { apis } = await open(connection, call)
      return lane(laneOf(connection, target), () => scale(apis, target, replicas, actionId))
    },
    async *watchRollout(connection, target, call) {
      const { session, apis } = await open(connection, call, 'steady')
      for await (const state of watchRollout(session, apis, target, call.signal, now, options.followTimes)) {
        if (state.phase === 'failed') {
          const own = await open(connection, { signal: AbortSignal.timeout(notePatience) })
          await noteFailure(own.apis, target).catch(() => {})
        }
        yield state
      }
    },
    async findChange(connection, target, actionId, call) {
      const { apis } = await open(connection, call, 'steady')
      const deployment = await apis.apps.readNamespacedDeployment(placeOf(target))
      return wasChangedBy(deployment, actionId) ? 'in-progress' : 'not-started'
    },
    async pods(connection, where, call) {
      return podsOf((await open(connection, call)).apis, where)
    },
    async events(connection, where, since, call) {
      return eventsOf((await open(connection, call)).apis, where, since)
    },
    async logs(connection, target, query, call) {
      const { session, apis } = await open(connection, call)
      return readLogs(session, apis, target, query, call.signal, now())
    },
    async startJob(connection, namespace, cronJob, actionId, call) {
      return startJob((await open(connection, call)).apis, namespace, cronJob, actionId)
    },
    async *watchJob(connection, namespace, job, call) {
      const { session, apis } = await open(connection, call, 'steady')
      yield* watchJob(session, apis, namespace, job, call.signal, options.followTimes)
    },
    async findJob(connection, namespace, actionId, call) {
      return findJob((await open(connection, call, 'steady')).apis, namespace, actionId)
    },
    async listDeployments(connection, namespaces, call) {
      return deployments((await open(connection, call)).apis, namespaces)
    },
    async watchTroubles(connection, namespaces, listener, { signal }) {
      const { session, close } = await openApart(options, connection)
      const times = { ...watchTimes, ...options.watchTimes }
      const watch = { cluster: connection.cluster.name, namespaces, listener, times, now }
      try {
        await watchCluster(session, watch, signal)
      } finally {
        await close()
      }
    },
    close: () => sessions.close(),
  }
}
