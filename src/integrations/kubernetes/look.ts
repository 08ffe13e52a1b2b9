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
import { type Apis, listAll, listEach } from './apis.ts'
import { placeOf } from './change-deployment.ts'
import { selectorOf } from './labels.ts'
import { checkedName } from './names.ts'
import { isReady, podStatus, summarizePod } from './pod-trouble.ts'
import { readDeployment, timeOf } from './read-deployment.ts'

type Page = { limit: number; _continue?: string }
type List<T> = { items: T[]; metadata?: { _continue?: string } }

/** What is kept of what several namespaces hold; none named = all of the cluster. */
async function inNamespaces<T, Kept>(
  namespaces: readonly string[],
  one: (namespace: string, page: Page) => Promise<List<T>>,
  all: (page: Page) => Promise<List<T>>,
  keep: (item: T) => Kept,
): Promise<readonly Kept[]> {
  if (namespaces.length === 0) return listEach(all, keep)
  const lists = namespaces.map((namespace) => listEach((page) => one(checkedName(namespace), page), keep))
  return (await Promise.all(lists)).flat()
}

const listDeployments = (apis: Apis, namespaces: readonly string[]) =>
  inNamespaces<V1Deployment, V1Deployment>(
    namespaces,
    (namespace, page) => apis.apps.listNamespacedDeployment({ namespace, ...page }),
    (page) => apis.apps.listDeploymentForAllNamespaces(page),
    (deployment) => deployment,
  )

const listPods = <Kept>(apis: Apis, namespaces: readonly string[], keep: (pod: V1Pod) => Kept) =>
  inNamespaces<V1Pod, Kept>(
    namespaces,
    (namespace, page) => apis.core.listNamespacedPod({ namespace, ...page }),
    (page) => apis.core.listPodForAllNamespaces(page),
    keep,
  )

/** What the status of a cluster needs of a pod. */
interface PodGlance {
  readonly namespace: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly isReady: boolean
  readonly isLeaving: boolean
  readonly word: string
  readonly since: number | null
}

/** `null` for a pod that is done, or of a Job. */
function glanceAt(pod: V1Pod): PodGlance | null {
  if (pod.status?.phase === 'Succeeded' || isOfJob(pod)) return null
  return {
    namespace: pod.metadata?.namespace,
    labels: pod.metadata?.labels ?? {},
    isReady: isReady(pod),
    isLeaving: Boolean(pod.metadata?.deletionTimestamp),
    word: podStatus(pod),
    since: timeOf(pod.status?.conditions?.find((each) => each.type === 'Ready')?.lastTransitionTime),
  }
}

/** Of these namespaces; none named = of the whole cluster. */
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
    listPods(apis, namespaces, glanceAt),
  ])
  const pods = everyPod.filter((pod) => pod !== null)
  const readyNodes = nodes.filter(isReadyNode)
  const isHealthy = ({ spec, status }: V1Deployment) => (status?.readyReplicas ?? 0) >= (spec?.replicas ?? 1)
  const podsIn = Map.groupBy(pods, ({ namespace }) => namespace)
  return {
    nodes: { ready: readyNodes.length, total: nodes.length },
    deployments: { ready: workloads.filter(isHealthy).length, total: workloads.length },
    pods: { ready: pods.filter((pod) => pod.isReady).length, total: pods.length },
    problems: [
      ...nodes.filter((node) => !isReadyNode(node)).map(nodeProblem),
      ...workloads
        .filter((each) => !isHealthy(each))
        .map((each) => deploymentProblem(each, podsIn.get(each.metadata?.namespace) ?? [])),
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

/** @param pods of its namespace */
function deploymentProblem(deployment: V1Deployment, pods: readonly PodGlance[]): ClusterProblem {
  const { metadata, spec, status } = deployment
  const labels = Object.entries(spec?.selector.matchLabels ?? {})
  const own = pods.filter((pod) => labels.every(([key, value]) => pod.labels[key] === value))
  const sick = own.find((pod) => !pod.isReady && !pod.isLeaving)
  const replicaFailure = status?.conditions?.find((each) => each.type === 'ReplicaFailure' && each.status === 'True')
  const available = status?.conditions?.find((each) => each.type === 'Available')
  return {
    kind: 'deployment',
    name: metadata?.name ?? '',
    namespace: metadata?.namespace ?? null,
    ready: status?.readyReplicas ?? 0,
    total: spec?.replicas ?? 1,
    why: sick ? sick.word : (replicaFailure?.reason ?? 'Progressing'),
    since: sick ? sick.since : timeOf(available?.lastTransitionTime),
  }
}

/** The pods of a service, or of whole namespaces. */
export async function podsOf(apis: Apis, where: ServiceTarget | readonly string[]): Promise<readonly PodSummary[]> {
  if (!('deployment' in where)) return listPods(apis, where, summarizePod)
  const place = placeOf(where)
  const labelSelector = selectorOf(await apis.apps.readNamespacedDeployment(place))
  const { namespace } = place
  return listEach((page) => apis.core.listNamespacedPod({ namespace, labelSelector, ...page }), summarizePod)
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
  const all = await inNamespaces<CoreV1Event, CoreV1Event>(
    namespaces,
    (namespace, page) => apis.core.listNamespacedEvent({ namespace, ...page }),
    (page) => apis.core.listEventForAllNamespaces(page),
    (event) => event,
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
