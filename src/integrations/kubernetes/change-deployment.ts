import { setTimeout as sleep } from 'node:timers/promises'
import type { V1Deployment } from '@kubernetes/client-node'
import type { Deployment } from '../../capabilities/clusters.ts'
import type { ServiceTarget } from '../../domain/catalogue.ts'
import { NoxError } from '../../errors.ts'
import { type Apis, strategicMerge } from './apis.ts'
import { actionAnnotation, actionsAnnotation, checkedName, failedAnnotation } from './names.ts'
import { containerOf, failedRevisions, readDeployment, revisionOf } from './read-deployment.ts'

/** Attempts where something else changes the Deployment at the same time: its controller does so at each step of a rollout. */
const attempts = 15
/** Between two attempts, up to this (ms). */
const pause = 250
/** Actions that stay noted: more than may be under way at once on one Deployment. */
const notedActions = 30
/** Failed revisions that stay noted; Kubernetes itself keeps 10. */
const notedFailures = 20

const actionsOf = (deployment: V1Deployment): readonly string[] =>
  (deployment.metadata?.annotations?.[actionsAnnotation] ?? '').split(',').filter((id) => id !== '')

/** Whether an action's change reached the Deployment, be it the last one or not. */
export const wasChangedBy = (deployment: V1Deployment, actionId: string): boolean =>
  actionsOf(deployment).includes(actionId) || deployment.metadata?.annotations?.[actionAnnotation] === actionId

/** A target as requests take it. @throws NoxError `bad-input` where a name can't be one of Kubernetes */
export const placeOf = (target: ServiceTarget) => ({
  name: checkedName(target.deployment),
  namespace: checkedName(target.namespace),
})

/**
 * Changes a Deployment once for an action: where it carries the action's id already, nothing is sent. The note stands
 * on the Deployment alone, not on its template, so that going back to an earlier version takes its ReplicaSet again.
 */
async function changeOnce(
  apis: Apis,
  target: ServiceTarget,
  actionId: string,
  change: (now: V1Deployment) => object,
): Promise<Deployment> {
  const place = placeOf(target)
  const options = await strategicMerge()
  for (let attempt = 1; ; attempt += 1) {
    const now = await apis.apps.readNamespacedDeployment(place)
    containerOf(now, target.container)
    if (wasChangedBy(now, actionId)) return readDeployment(now, target.container)
    const actions = [...actionsOf(now), actionId].slice(-notedActions).join(',')
    const metadata = {
      resourceVersion: now.metadata?.resourceVersion,
      annotations: { [actionAnnotation]: actionId, [actionsAnnotation]: actions },
    }
    try {
      const body = { metadata, spec: change(now) }
      const changed = await apis.apps.patchNamespacedDeployment({ ...place, body, fieldManager: 'nox' }, options)
      return readDeployment(changed, target.container)
    } catch (error) {
      if (!(error instanceof NoxError) || error.code !== 'conflict' || attempt >= attempts) throw error
      await sleep(Math.random() * pause)
    }
  }
}

/** Gives one container another image; twice for the same action changes nothing. */
export const setImage = (apis: Apis, target: ServiceTarget, image: string, actionId: string): Promise<Deployment> =>
  changeOnce(apis, target, actionId, () => ({
    template: { spec: { containers: [{ name: target.container, image }] } },
  }))

/** Rolls every pod anew, as `kubectl rollout restart` does it. */
export const restart = (apis: Apis, target: ServiceTarget, actionId: string, now: number): Promise<Deployment> =>
  changeOnce(apis, target, actionId, () => ({
    template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date(now).toISOString() } } },
  }))

/** Asks for so many pods; twice for the same action changes nothing. */
export const scale = (apis: Apis, target: ServiceTarget, replicas: number, actionId: string): Promise<Deployment> =>
  changeOnce(apis, target, actionId, () => ({ replicas }))

/** Notes that the revision of now never got ready, so that no rollback chooses it. */
export async function noteFailure(apis: Apis, target: ServiceTarget): Promise<void> {
  const place = placeOf(target)
  const now = await apis.apps.readNamespacedDeployment(place)
  const failed = [...new Set([...failedRevisions(now), revisionOf(now)])].slice(-notedFailures)
  const body = { metadata: { annotations: { [failedAnnotation]: failed.join(',') } } }
  await apis.apps.patchNamespacedDeployment({ ...place, body, fieldManager: 'nox' }, await strategicMerge())
}
