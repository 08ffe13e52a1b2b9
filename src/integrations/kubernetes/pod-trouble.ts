import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import type { PodSummary, RolloutFailure } from '../../capabilities/clusters.ts'
import { phrase } from '../../texts/phrase.ts'
import { timeOf } from './read-deployment.ts'

/** Waiting reasons of a container that do not pass by themselves. */
const imageTrouble: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
])
/** A readiness probe may fail this long before it is told (ms): many services take a minute to start. */
const probePatience = 90_000

const statusesOf = (pod: V1Pod): readonly V1ContainerStatus[] => [
  ...(pod.status?.initContainerStatuses ?? []),
  ...(pod.status?.containerStatuses ?? []),
]

/** Does the pod get traffic? Its condition `Ready` says it. */
export const isReady = (pod: V1Pod): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false

/** The word that `kubectl get pods` shows: `CrashLoopBackOff`, `Running`, `Terminating`. */
export function podStatus(pod: V1Pod): string {
  if (pod.metadata?.deletionTimestamp) return 'Terminating'
  for (const { state } of statusesOf(pod)) {
    if (state?.waiting?.reason) return state.waiting.reason
    if (state?.terminated?.reason && state.terminated.reason !== 'Completed') return state.terminated.reason
  }
  const unschedulable = pod.status?.conditions?.some(({ reason }) => reason === 'Unschedulable')
  return unschedulable ? 'Unschedulable' : (pod.status?.reason ?? pod.status?.phase ?? 'Unknown')
}

/** A pod as lists show it; one that has done its work counts as ready. */
export function summarizePod(pod: V1Pod): PodSummary {
  return {
    name: pod.metadata?.name ?? '',
    namespace: pod.metadata?.namespace ?? '',
    ready: isReady(pod) || pod.status?.phase === 'Succeeded',
    status: podStatus(pod),
    restarts: statusesOf(pod).reduce((sum, status) => sum + status.restartCount, 0),
    node: pod.spec?.nodeName ?? null,
    since: timeOf(pod.status?.startTime) ?? timeOf(pod.metadata?.creationTimestamp) ?? 0,
  }
}

type Trouble = Omit<RolloutFailure, 'lines'> & {
  /** The pod and container whose last lines tell more; `previous` = those of the run before. */
  readonly logsOf: { readonly pod: string; readonly container: string; readonly previous: boolean } | null
}

/** Why this pod will not get ready; `null` where it still may. */
export function troubleOf(pod: V1Pod, now: number): Trouble | null {
  if (isReady(pod) || pod.metadata?.deletionTimestamp) return null
  for (const status of statusesOf(pod)) {
    const found = containerTrouble(pod, status)
    if (found) return found
  }
  const scheduling = pod.status?.conditions?.find(({ reason }) => reason === 'Unschedulable')
  if (scheduling) {
    const lacks = /Insufficient ([\w./-]*\w)/.exec(scheduling.message ?? '')?.[1]
    const resource = lacks === 'memory' ? phrase('word.memory') : lacks === 'cpu' ? 'CPU' : lacks
    return {
      reason: 'Unschedulable',
      // Cordoned, tainted, or not chosen by the selectors: room is not what lacks.
      sentence: resource === undefined ? phrase('failure.unplaced') : phrase('failure.unschedulable', { resource }),
      clusterWord: 'Unschedulable',
      logsOf: null,
    }
  }
  return probeTrouble(pod, now)
}

function containerTrouble(pod: V1Pod, status: V1ContainerStatus): Trouble | null {
  const { name: container, restartCount: n, state, lastState } = status
  const word = state?.waiting?.reason ?? ''
  const ended = state?.terminated ?? lastState?.terminated
  const logsOf = { pod: pod.metadata?.name ?? '', container, previous: state?.terminated === undefined }
  if (imageTrouble.has(word)) {
    const sentence = phrase('failure.image', { image: status.image || imageOf(pod, container) })
    return { reason: 'ImagePullBackOff', sentence, clusterWord: word, logsOf: null }
  }
  if (ended?.reason === 'OOMKilled' && n > 0) {
    const limit = pod.spec?.containers.find((each) => each.name === container)?.resources?.limits?.memory ?? '?'
    return {
      reason: 'OOMKilled',
      sentence: phrase('failure.memory', { container, limit }),
      clusterWord: 'OOMKilled',
      logsOf,
    }
  }
  if (word === 'CrashLoopBackOff') {
    const sentence = phrase('failure.crash', { container, exit: String(ended?.exitCode ?? '?'), n })
    return { reason: 'CrashLoopBackOff', sentence, clusterWord: word, logsOf }
  }
  if (word === 'CreateContainerError' || word === 'RunContainerError') {
    const sentence = phrase('failure.container', { container })
    return { reason: 'Other', sentence, clusterWord: word, logsOf: null }
  }
  return null
}

/** The container's image as the pod asks for it; its status may not name one yet. */
const imageOf = (pod: V1Pod, container: string): string =>
  pod.spec?.containers.find((each) => each.name === container)?.image ?? ''

/** A container that runs for long and is never ready: its readiness probe fails. */
function probeTrouble(pod: V1Pod, now: number): Trouble | null {
  const waiting = pod.status?.containerStatuses?.find(({ ready, state }) => !ready && state?.running)
  const startedAt = timeOf(waiting?.state?.running?.startedAt)
  const probe = pod.spec?.containers.find((each) => each.name === waiting?.name)?.readinessProbe
  if (!waiting || !probe || startedAt === null || now - startedAt < probePatience) return null
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port ?? probe.grpc?.port ?? ''
  const what = probe.exec ? 'exec' : `${probe.httpGet?.path ?? ''}:${String(port)}`
  return {
    reason: 'Probe',
    sentence: phrase('failure.probe', { probe: what }),
    clusterWord: 'Unhealthy',
    logsOf: { pod: pod.metadata?.name ?? '', container: waiting.name, previous: false },
  }
}
