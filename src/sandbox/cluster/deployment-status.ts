import type { Condition, DeploymentObject } from './objects.ts'
import { podIsReady } from './pod-life.ts'
import type { Simulation } from './simulation.ts'

/** Counts a Deployment's replicas and sets its conditions, as the deployment controller does. */
export function updateStatus(controller: Simulation, deployment: DeploymentObject): void {
  const { store, speed } = controller.options
  const sets = controller.setsOf(deployment)
  const [current] = sets
  if (!current) return
  const pods = sets.flatMap((set) => controller.podsOf(set))
  const updated = controller.podsOf(current)
  const ready = pods.filter(podIsReady).length
  const wanted = deployment.spec.replicas
  const updatedReady = updated.filter(podIsReady).length
  const before = JSON.stringify(deployment.status)
  const counts = {
    replicas: pods.length,
    updatedReplicas: updated.length,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: Math.max(0, wanted - ready),
  }
  const known = new Map(deployment.status.conditions.map((condition) => [condition.type, condition]))
  const progress = known.get('Progressing')
  // A rollout that was done stays done, whatever becomes of its pods: only a new one begins anew.
  const isDone =
    pods.length === updated.length && (updatedReady >= wanted || progress?.reason === 'NewReplicaSetAvailable')
  const moved =
    (deployment.status.updatedReplicas ?? 0) !== counts.updatedReplicas ||
    (deployment.status.readyReplicas ?? 0) !== counts.readyReplicas ||
    (deployment.status.replicas ?? 0) !== counts.replicas
  const lastMove = moved || !progress?.lastUpdateTime ? store.time : progress.lastUpdateTime
  const deadline = (deployment.spec.progressDeadlineSeconds ?? 600) * 1_000
  const isLate = !isDone && (store.now() - Date.parse(lastMove)) * speed > deadline
  const isQuota = controller.troubles.get(current.metadata.uid)?.trouble === 'Quota' && updated.length < wanted
  const conditions: Condition[] = [
    condition(
      known,
      'Available',
      ready >= wanted - Math.floor(wanted * 0.25),
      store.time,
      'MinimumReplicasAvailable',
      'MinimumReplicasUnavailable',
    ),
    {
      ...condition(
        known,
        'Progressing',
        !isLate,
        store.time,
        isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
        'ProgressDeadlineExceeded',
      ),
      lastUpdateTime:
        isDone && progress?.reason === 'NewReplicaSetAvailable' && !moved
          ? (progress.lastUpdateTime ?? lastMove)
          : lastMove,
    },
  ]
  if (isQuota) {
    const message = `pods "${current.metadata.name}" is forbidden: exceeded quota: compute, requested: limits.memory=512Mi, used: limits.memory=8Gi, limited: limits.memory=8Gi`
    conditions.push({
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message,
      lastTransitionTime: known.get('ReplicaFailure')?.lastTransitionTime ?? store.time,
    })
  }
  // As Go writes it: what is zero is left out.
  const some = Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0))
  deployment.status = { observedGeneration: deployment.status.observedGeneration, ...some, conditions }
  if (JSON.stringify(deployment.status) !== before) store.touch(deployment)
}

function condition(
  known: ReadonlyMap<string, Condition>,
  type: string,
  holds: boolean,
  time: string,
  yes: string,
  no: string,
): Condition {
  const status = holds ? 'True' : 'False'
  const before = known.get(type)
  const lastTransitionTime = before?.status === status ? (before.lastTransitionTime ?? time) : time
  return { type, status, reason: holds ? yes : no, message: holds ? 'as wanted' : 'not as wanted', lastTransitionTime }
}
