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
import { createSessions, openApart, type Session } from './session.ts'
import { testAccess } from './test-access.ts'
import { watchCluster } from './watch-cluster.ts'
import { watchRollout } from './watch-rollout.ts'
import { type FollowTimes, type WatchTimes, watchTimes } from './watch-times.ts'
import type { WaysOut } from './ways-out.ts'

/** What noting a failed revision may take (ms): the answer does not wait longer for it. */
const notePatience = 3_000

/** Kubernetes over its API. Close it with the process. */
export interface KubernetesClusters extends Clusters {
  close(): Promise<void>
}

interface Opened {
  readonly session: Session
  readonly apis: Apis
}

/**
 * @param options.egress the way out, which decides what addresses clusters may have
 * @param options.own the cluster that NOX runs in, and the way to it; absent = nobody may use it
 */
export function createClusters(
  options: WaysOut & {
    readonly watchTimes?: Partial<WatchTimes>
    readonly followTimes?: FollowTimes
  },
): KubernetesClusters {
  const sessions = createSessions(options)
  const now = options.now ?? Date.now
  const lane = createLanes()
  const laneOf = ({ cluster }: ClusterConnection, { namespace, deployment }: ServiceTarget) =>
    [cluster.tenantId, cluster.id, namespace, deployment].join('/')

  async function open(connection: ClusterConnection, { signal }: CallOptions): Promise<Opened> {
    const session = await sessions.open(connection)
    return { session, apis: await apisOf(session, signal) }
  }

  /** Asked once; a cluster that keeps failing is left alone for a while. */
  async function ask<T>(
    connection: ClusterConnection,
    call: CallOptions,
    work: (opened: Opened) => Promise<T>,
  ): Promise<T> {
    const opened = await open(connection, call)
    return restAfterFailures(opened.session, connection.cluster.name, call, () => work(opened))
  }

  return {
    async test(connection, call) {
      const { apis } = await open(connection, call)
      return testAccess(apis, connection.cluster.namespaces, connection.cluster.watchChannel !== undefined)
    },
    status: (connection, namespaces, call) => ask(connection, call, ({ apis }) => clusterStatus(apis, namespaces)),
    deployment: (connection, target, call) =>
      ask(connection, call, async ({ apis }) =>
        readDeployment(await apis.apps.readNamespacedDeployment(placeOf(target)), target.container),
      ),
    revisions: (connection, target, call) =>
      ask(connection, call, async ({ apis }) => {
        const place = placeOf(target)
        const deployment = await apis.apps.readNamespacedDeployment(place)
        const labelSelector = selectorOf(deployment)
        const { namespace } = place
        const sets = await listAll((page) => apis.apps.listNamespacedReplicaSet({ namespace, labelSelector, ...page }))
        return readRevisions(deployment, sets, target)
      }),
    setImage: (connection, target, image, actionId, call) =>
      ask(connection, call, ({ apis }) =>
        lane(laneOf(connection, target), () => setImage(apis, target, image, actionId)),
      ),
    restart: (connection, target, actionId, call) =>
      ask(connection, call, ({ apis }) =>
        lane(laneOf(connection, target), () => restart(apis, target, actionId, now())),
      ),
    scale: (connection, target, replicas, actionId, call) =>
      ask(connection, call, ({ apis }) =>
        lane(laneOf(connection, target), () => scale(apis, target, replicas, actionId)),
      ),
    async *watchRollout(connection, target, call) {
      const { session, apis } = await open(connection, call)
      for await (const state of watchRollout(session, apis, target, call.signal, now, options.followTimes)) {
        if (state.phase === 'failed') {
          const own = await open(connection, { signal: AbortSignal.timeout(notePatience) })
          await noteFailure(own.apis, target).catch(() => {})
        }
        yield state
      }
    },
    async findChange(connection, target, actionId, call) {
      const { apis } = await open(connection, call)
      const deployment = await apis.apps.readNamespacedDeployment(placeOf(target))
      return wasChangedBy(deployment, actionId) ? 'in-progress' : 'not-started'
    },
    pods: (connection, where, call) => ask(connection, call, ({ apis }) => podsOf(apis, where)),
    events: (connection, where, since, call) => ask(connection, call, ({ apis }) => eventsOf(apis, where, since)),
    logs: (connection, target, query, call) =>
      ask(connection, call, ({ session, apis }) => readLogs(session, apis, target, query, call.signal, now())),
    startJob: (connection, namespace, cronJob, actionId, call) =>
      ask(connection, call, ({ apis }) => startJob(apis, namespace, cronJob, actionId)),
    async *watchJob(connection, namespace, job, call) {
      const { session, apis } = await open(connection, call)
      yield* watchJob(session, apis, namespace, job, call.signal, options.followTimes)
    },
    async findJob(connection, namespace, actionId, call) {
      return findJob((await open(connection, call)).apis, namespace, actionId)
    },
    listDeployments: (connection, namespaces, call) =>
      ask(connection, call, ({ apis }) => deployments(apis, namespaces)),
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
