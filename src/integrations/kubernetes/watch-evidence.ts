import type { V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import type { ClusterTrouble, TroubleKind } from '../../capabilities/cluster-trouble.ts'
import type { RolloutFailure } from '../../capabilities/clusters.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { ownText } from './own-text.ts'
import { troubleOf } from './pod-trouble.ts'
import { timeOf } from './read-deployment.ts'
import { quotaFailure } from './watch-rollout.ts'

/** What one object shows of a trouble; `until` = for so long, where the object itself forgets (ms). */
export interface Evidence extends ClusterTrouble {
  readonly until?: number
}

/** A container that was killed for its memory and runs again is told for so long (ms). */
const rememberedKill = 10 * 60_000

const kinds: Partial<Record<RolloutFailure['reason'], TroubleKind>> = {
  CrashLoopBackOff: 'crash',
  OOMKilled: 'memory',
  ImagePullBackOff: 'image',
  Unschedulable: 'pending',
  Other: 'start',
}

/** What is the same trouble, seen twice: `Deployment/shop/user-api/rollout`. */
export const keyOf = (object: ClusterTrouble['object'], kind: TroubleKind): string =>
  [object.kind, object.namespace ?? '', object.name, kind].join('/')

/** Kubernetes' names are no longer, nor are the reasons that it gives; what is held of a trouble is held for long (characters). */
const [longestName, longestWord] = [253, 300]

const briefly = ({ key, params }: Phrase): Phrase =>
  phrase(
    key,
    Object.fromEntries(
      Object.entries(params).map(([name, each]) => [
        name,
        typeof each === 'string' ? ownText(each, longestWord) : each,
      ]),
    ),
  )

function evidence(
  { kind: type, namespace, name }: ClusterTrouble['object'],
  kind: TroubleKind,
  about: { sentence: Phrase; clusterWord: string; since: number; pod?: string; until?: number },
): Evidence {
  const { sentence, clusterWord, pod } = about
  const object = {
    kind: ownText(type, longestName),
    namespace: namespace === null ? null : ownText(namespace, longestName),
    name: ownText(name, longestName),
  }
  return {
    ...about,
    key: keyOf(object, kind),
    kind,
    object,
    sentence: briefly(sentence),
    clusterWord: ownText(clusterWord, longestWord),
    pod: pod === undefined ? null : ownText(pod, longestName),
  }
}

/** What people call the thing that a pod belongs to: its Deployment, StatefulSet, Job; itself where it stands alone. */
export function objectOfPod(pod: V1Pod): ClusterTrouble['object'] {
  const namespace = pod.metadata?.namespace ?? null
  const owner = pod.metadata?.ownerReferences?.find((each) => each.controller) ?? pod.metadata?.ownerReferences?.[0]
  if (!owner) return { kind: 'Pod', namespace, name: pod.metadata?.name ?? '' }
  const hash = pod.metadata?.labels?.['pod-template-hash']
  const isOfDeployment = owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)
  if (!isOfDeployment) return { kind: owner.kind, namespace, name: owner.name }
  return { kind: 'Deployment', namespace, name: owner.name.slice(0, -hash.length - 1) }
}

/** @param now ms */
export function evidenceOfPod(pod: V1Pod, now: number): readonly Evidence[] {
  if (pod.metadata?.deletionTimestamp || pod.status?.phase === 'Succeeded') return []
  const object = objectOfPod(pod)
  const name = pod.metadata?.name ?? ''
  const killed = killedForMemory(pod, now)
  if (killed) return [evidence(object, 'memory', { ...killed, pod: name })]
  const born = timeOf(pod.metadata?.creationTimestamp) ?? now
  const found = troubleOf(pod, now)
  const kind = found && kinds[found.reason]
  if (found && kind) {
    const changed = pod.status?.conditions?.find(
      (each) => each.type === (kind === 'pending' ? 'PodScheduled' : 'Ready'),
    )
    const since = timeOf(changed?.lastTransitionTime) ?? born
    return [evidence(object, kind, { sentence: found.sentence, clusterWord: found.clusterWord, since, pod: name })]
  }
  if (pod.status?.phase !== 'Pending') return []
  const sentence = phrase('trouble.pending')
  return [evidence(object, 'pending', { sentence, clusterWord: 'Pending', since: born, pod: name })]
}

function killedForMemory(pod: V1Pod, now: number) {
  for (const { name: container, state, lastState } of pod.status?.containerStatuses ?? []) {
    const ended = [state?.terminated, lastState?.terminated].find((each) => each?.reason === 'OOMKilled')
    const at = timeOf(ended?.finishedAt)
    if (!ended || at === null) continue
    const until = at + rememberedKill
    if (state?.running && until <= now) continue
    const limit = pod.spec?.containers.find((each) => each.name === container)?.resources?.limits?.memory ?? '?'
    const sentence = phrase('failure.memory', { container, limit })
    return { sentence, clusterWord: 'OOMKilled', since: at, ...(state?.running ? { until } : {}) }
  }
  return null
}

/** A rollout that is refused or late; nothing of one that is paused, scaled to 0 or on its way out. */
export function evidenceOfDeployment(deployment: V1Deployment): readonly Evidence[] {
  const { metadata, spec, status } = deployment
  if (metadata?.deletionTimestamp || spec?.paused || spec?.replicas === 0) return []
  const object = { kind: 'Deployment', namespace: metadata?.namespace ?? null, name: metadata?.name ?? '' }
  const refused = status?.conditions?.find((each) => each.type === 'ReplicaFailure' && each.status === 'True')
  const late = status?.conditions?.find((each) => each.type === 'Progressing' && each.status === 'False')
  const condition = refused ?? late
  if (!condition) return []
  const since = timeOf(condition.lastTransitionTime) ?? 0
  const sentence = refused
    ? quotaFailure(refused.message ?? '', object.namespace ?? '').sentence
    : phrase('trouble.rollout')
  const clusterWord = condition.reason ?? (refused ? 'ReplicaFailure' : 'ProgressDeadlineExceeded')
  return [evidence(object, 'rollout', { sentence, clusterWord, since })]
}

/** A node that says it is not ready, or says nothing any more. */
export function evidenceOfNode(node: V1Node): readonly Evidence[] {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
  if (node.metadata?.deletionTimestamp || !ready || ready.status === 'True') return []
  const name = node.metadata?.name ?? ''
  const isSilent = ready.status === 'Unknown'
  return [
    evidence({ kind: 'Node', namespace: null, name }, 'node', {
      sentence: phrase(isSilent ? 'trouble.node.silent' : 'trouble.node', { node: name }),
      clusterWord: ready.reason ?? 'NotReady',
      since: timeOf(ready.lastTransitionTime) ?? 0,
    }),
  ]
}
