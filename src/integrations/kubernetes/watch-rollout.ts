import { setTimeout as sleep } from 'node:timers/promises'
import type { V1Deployment, V1Pod } from '@kubernetes/client-node'
import type { RolloutFailure, RolloutState } from '../../capabilities/clusters.ts'
import type { ServiceTarget } from '../../domain/catalogue.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Apis, listAll } from './apis.ts'
import { placeOf } from './change-deployment.ts'
import { selectorOf } from './labels.ts'
import { troubleOf } from './pod-trouble.ts'
import { ownedSets, revisionOf } from './read-deployment.ts'
import { readLastLines } from './read-log.ts'
import type { Session } from './session.ts'
import { type FollowTimes, followTimes } from './watch-times.ts'

/** Lines of a failing pod that are told (the message book, 3.2). */
const toldLines = 5
/** Errors of a cluster that is cut off, or restarts: it may come back. */
const passing: ReadonlySet<string> = new Set(['unreachable', 'timeout', 'vendor-failed'])

/** The states of a rollout by its real conditions, each told once, until it is done, has failed, or the signal ends it. */
export async function* watchRollout(
  session: Session,
  apis: Apis,
  target: ServiceTarget,
  signal: AbortSignal,
  now: () => number,
  times: FollowTimes = followTimes,
): AsyncGenerator<RolloutState> {
  let told = ''
  let troubledSince: number | null = null
  for (let failures = 0; ; ) {
    signal.throwIfAborted()
    try {
      const look = await lookAtRollout(session, apis, target, now(), troubledSince, times.trouble)
      failures = 0
      troubledSince = look.troubledSince
      const key = JSON.stringify([look.state.phase, look.state.ready, look.state.total])
      if (key !== told) yield look.state
      told = key
      if (look.state.phase !== 'progressing') return
      await sleep(times.look, undefined, { signal })
    } catch (error) {
      if (signal.aborted || !(error instanceof NoxError) || !passing.has(error.code)) throw error
      failures += 1
      await sleep(Math.min(times.longestWait, times.look * 2 ** Math.min(failures - 1, 5)), undefined, { signal })
    }
  }
}

interface Look {
  readonly state: RolloutState
  readonly troubledSince: number | null
}

async function lookAtRollout(
  session: Session,
  apis: Apis,
  target: ServiceTarget,
  now: number,
  troubledSince: number | null,
  patience: number,
): Promise<Look> {
  const deployment = await apis.apps.readNamespacedDeployment(placeOf(target))
  const { metadata, spec, status } = deployment
  const total = spec?.replicas ?? 1
  const seen = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0)
  const updated = seen ? (status?.updatedReplicas ?? 0) : 0
  const available = status?.availableReplicas ?? 0
  // Pods of the old version serve too: ready are those that are new and available.
  const ready = Math.max(0, Math.min(updated, available - ((status?.replicas ?? 0) - updated)))
  if (seen && updated >= total && (status?.replicas ?? 0) <= updated && available >= updated) {
    return { state: { phase: 'done', ready: total, total }, troubledSince: null }
  }
  const serving = status?.readyReplicas ?? 0
  const failed = (failure: RolloutFailure): Look => ({
    state: { phase: 'failed', ready: serving, total, failure },
    troubledSince,
  })
  const progressing: RolloutState = { phase: 'progressing', ready: Math.min(ready, total), total }
  if (!seen) return { state: progressing, troubledSince: null }

  const replicaFailure = status?.conditions?.find((each) => each.type === 'ReplicaFailure' && each.status === 'True')
  const trouble = await troubleOfRollout(session, apis, target, deployment, now)
  const late = status?.conditions?.find((each) => each.reason === 'ProgressDeadlineExceeded')
  if (trouble && (late || (troubledSince !== null && now - troubledSince >= patience))) {
    return failed(await trouble.withLines())
  }
  if (replicaFailure) return failed(quotaFailure(replicaFailure.message ?? '', target.namespace))
  if (late) {
    const limit = { kind: 'duration', ms: (spec?.progressDeadlineSeconds ?? 600) * 1000 } as const
    const sentence = phrase('failure.timeout', { limit })
    return failed({ reason: 'Timeout', sentence, clusterWord: 'ProgressDeadlineExceeded', lines: [] })
  }
  return { state: progressing, troubledSince: trouble ? (troubledSince ?? now) : null }
}

/** What holds up the pods of the newest revision. */
async function troubleOfRollout(
  session: Session,
  apis: Apis,
  target: ServiceTarget,
  deployment: V1Deployment,
  now: number,
) {
  const { namespace } = placeOf(target)
  const labelSelector = selectorOf(deployment)
  const [sets, pods] = await Promise.all([
    listAll((page) => apis.apps.listNamespacedReplicaSet({ namespace, labelSelector, ...page })),
    listAll((page) => apis.core.listNamespacedPod({ namespace, labelSelector, ...page })),
  ])
  const newest = ownedSets(deployment, sets).find((set) => revisionOf(set) === revisionOf(deployment))
  const uid = newest?.metadata?.uid
  const own = pods.filter((pod: V1Pod) => pod.metadata?.ownerReferences?.some((owner) => owner.uid === uid))
  const found = own.map((pod) => troubleOf(pod, now)).find((each) => each !== null)
  if (!found) return null
  const { logsOf, ...failure } = found
  return {
    async withLines(): Promise<RolloutFailure> {
      const lines = logsOf === null ? [] : await readLastLines(session, namespace, logsOf, toldLines)
      return { ...failure, lines }
    },
  }
}

/** Of a message: what names the quota stands at its beginning (characters). */
const longestMessage = 2_000

/** `exceeded quota: compute, requested: cpu=2, used: cpu=9, limited: cpu=10` */
export function quotaFailure(message: string, namespace: string): RolloutFailure {
  const [, resource = '', used = '', limit = ''] =
    /used: ([\w.-]+)=([\w.]+).*limited: [\w.-]+=([\w.]+)/.exec(message.slice(0, longestMessage)) ?? []
  const sentence =
    resource === '' ? phrase('failure.create') : phrase('failure.quota', { namespace, resource, used, limit })
  return { reason: resource === '' ? 'Other' : 'Quota', sentence, clusterWord: 'FailedCreate', lines: [] }
}
