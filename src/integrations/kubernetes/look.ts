import type { CoreV1Event, V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import type {
  ClusterEvent,
  ClusterProblem,
  ClusterStatus,
  Deployment,
  PodSummary,
} from '../../capabilities/clusters.ts'
import type { ServiceTarget } from '../../domain/catalogue.ts'
import { NoxError } from '../../errors.ts'
import { type Apis, listAll } from './apis.ts'
import { placeOf } from './change-deployment.ts'
import { selectorOf } from './labels.ts'
import { checkedName } from './names.ts'
import { isReady, podStatus, summarizePod } from './pod-trouble.ts'
import { readDeployment, timeOf } from './read-deployment.ts'

type Page = { limit: number; _continue?: string }
type List<T> = { items: T[]; metadata?: { _continue?: string } }

/** What several namespaces hold; none named = all of the cluster. */
async function inNamespaces<T>(
  namespaces: readonly string[],
  one: (namespace: string, page: Page) => Promise<List<T>>,
  all: (page: Page) => Promise<List<T>>,
): Promise<readonly T[]> {
  if (namespaces.length === 0) return listAll(all)
  const lists = await Promise.all(namespaces.map((namespace) => listAll((page) => one(checkedName(namespace), page))))
  return lists.flat()
}

const listDeployments = (apis: Apis, namespaces: readonly string[]) =>
  inNamespaces<V1Deployment>(
    namespaces,
    (namespace, page) => apis.apps.listNamespacedDeployment({ namespace, ...page }),
    (page) => apis.apps.listDeploymentForAllNamespaces(page),
  )

const listPods = (apis: Apis, namespaces: readonly string[]) =>
  inNamespaces<V1Pod>(
    namespaces,
    (namespace, page) => apis.core.listNamespacedPod({ namespace, ...page }),
    (page) => apis.core.listPodForAllNamespaces(page),
  )

export async function deployments(apis: Apis, namespaces: readonly string[]): Promise<readonly Deployment[]> {
  return (await listDeployments(apis, namespaces)).map((each) => readDeployment(each))
}

/** Nodes, Deployments and pods, and what is unhealthy and why. */
export async function clusterStatus(apis: Apis, namespaces: readonly string[]): Promise<ClusterStatus> {
  const [nodes, workloads, everyPod] = await Promise.all([
    // An account that sees only its namespaces can't list nodes; the rest is still worth telling.
    listAll((page) => apis.core.listNode(page)).catch((error: unknown) => {
      if (error instanceof NoxError && error.code === 'forbidden') return []
      throw error
    }),
    listDeployments(apis, namespaces),
    listPods(apis, namespaces),
  ])
  const pods = everyPod.filter((pod) => pod.status?.phase !== 'Succeeded' && !isOfJob(pod))
  const readyNodes = nodes.filter(isReadyNode)
  const healthy = workloads.filter((each) => (each.status?.readyReplicas ?? 0) >= (each.spec?.replicas ?? 1))
  return {
    nodes: { ready: readyNodes.length, total: nodes.length },
    deployments: { ready: healthy.length, total: workloads.length },
    pods: { ready: pods.filter(isReady).length, total: pods.length },
    problems: [
      ...nodes.filter((node) => !isReadyNode(node)).map(nodeProblem),
      ...workloads.filter((each) => !healthy.includes(each)).map((each) => deploymentProblem(each, pods)),
    ],
  }
}

const isOfJob = (pod: V1Pod) => pod.metadata?.ownerReferences?.some((owner) => owner.kind === 'Job') ?? false

const readyCondition = (node: V1Node) => node.status?.conditions?.find((condition) => condition.type === 'Ready')
const isReadyNode = (node: V1Node) => readyCondition(node)?.status === 'True'

function nodeProblem(node: V1Node): ClusterProblem {
  const condition = readyCondition(node)
  return {
    kind: 'node',
    name: node.metadata?.name ?? '',
    namespace: null,
    ready: 0,
    total: 1,
    why: 'NotReady',
    since: timeOf(condition?.lastTransitionTime),
  }
}

function deploymentProblem(deployment: V1Deployment, pods: readonly V1Pod[]): ClusterProblem {
  const { metadata, spec, status } = deployment
  const labels = Object.entries(spec?.selector.matchLabels ?? {})
  const own = pods.filter(
    (pod) =>
      pod.metadata?.namespace === metadata?.namespace &&
      labels.every(([key, value]) => pod.metadata?.labels?.[key] === value),
  )
  const sick = own.find((pod) => !isReady(pod) && !pod.metadata?.deletionTimestamp)
  const replicaFailure = status?.conditions?.find((each) => each.type === 'ReplicaFailure' && each.status === 'True')
  const available = status?.conditions?.find((each) => each.type === 'Available')
  return {
    kind: 'deployment',
    name: metadata?.name ?? '',
    namespace: metadata?.namespace ?? null,
    ready: status?.readyReplicas ?? 0,
    total: spec?.replicas ?? 1,
    why: sick ? podStatus(sick) : (replicaFailure?.reason ?? 'Progressing'),
    since: sick
      ? timeOf(sick.status?.conditions?.find((each) => each.type === 'Ready')?.lastTransitionTime)
      : timeOf(available?.lastTransitionTime),
  }
}

/** The pods of a service, or of whole namespaces. */
export async function podsOf(apis: Apis, where: ServiceTarget | readonly string[]): Promise<readonly PodSummary[]> {
  if (!('deployment' in where)) return (await listPods(apis, where)).map(summarizePod)
  const place = placeOf(where)
  const labelSelector = selectorOf(await apis.apps.readNamespacedDeployment(place))
  const { namespace } = place
  const pods = await listAll((page) => apis.core.listNamespacedPod({ namespace, labelSelector, ...page }))
  return pods.map(summarizePod)
}

/** Times of events have whole seconds, but their names end in the nanosecond that they were made at, in hex. */
const madeAt = ({ metadata }: CoreV1Event): string => metadata.name?.split('.').at(-1)?.padStart(16, '0') ?? ''

/** Events since a moment, in the order that they happened: of a service (its Deployment, ReplicaSets and pods), or of whole namespaces. */
export async function eventsOf(
  apis: Apis,
  where: ServiceTarget | readonly string[],
  since: number,
): Promise<readonly ClusterEvent[]> {
  const isService = 'deployment' in where
  const namespaces = isService ? [where.namespace] : where
  const all = await inNamespaces<CoreV1Event>(
    namespaces,
    (namespace, page) => apis.core.listNamespacedEvent({ namespace, ...page }),
    (page) => apis.core.listEventForAllNamespaces(page),
  )
  const mine = (name: string) => !isService || name === where.deployment || name.startsWith(`${where.deployment}-`)
  return all
    .filter((event) => mine(event.involvedObject.name ?? ''))
    .map((event) => ({
      at:
        timeOf(event.lastTimestamp) ??
        timeOf(event.eventTime as unknown as string) ??
        timeOf(event.metadata.creationTimestamp) ??
        0,
      type: event.type === 'Warning' ? ('Warning' as const) : ('Normal' as const),
      reason: event.reason ?? '',
      object: event.involvedObject.name ?? '',
      message: event.message ?? '',
      count: event.count ?? 1,
      made: madeAt(event),
    }))
    .filter((event) => event.at >= since)
    .sort((a, b) => a.at - b.at || (a.made < b.made ? -1 : 1))
    .map(({ made: _, ...event }) => event)
}
