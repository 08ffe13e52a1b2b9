import type { V1Deployment, V1ReplicaSet } from '@kubernetes/client-node'
import type { Deployment, Revision } from '../../capabilities/clusters.ts'
import type { ServiceTarget } from '../../domain/catalogue.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { actionAnnotation, failedAnnotation, versionOf } from './names.ts'

const revisionAnnotation = 'deployment.kubernetes.io/revision'

/** When an object says that something happened (ms); the client gives dates, a watch gives texts. */
export const timeOf = (value: Date | string | undefined | null): number | null => {
  const ms = value == null ? Number.NaN : new Date(value).getTime()
  return Number.isFinite(ms) ? ms : null
}

/** The container that carries the service. @throws NoxError `not-found`: a patch would add one of that name */
export function containerOf(from: V1Deployment, name: string) {
  const containers = from.spec?.template.spec?.containers ?? []
  const container = containers.find((each) => each.name === name)
  if (container) return container
  throw new NoxError('not-found', 'the Deployment has no such container', {
    forPerson: phrase('error.container', {
      deployment: from.metadata?.name ?? '',
      container: name,
      known: { kind: 'list', items: containers.slice(0, 5).map((each) => each.name) },
    }),
  })
}

/** A Deployment as NOX speaks of it. `container` absent = its first one. */
export function readDeployment(from: V1Deployment, container?: string): Deployment {
  const { metadata, spec, status } = from
  const image =
    (container === undefined ? spec?.template.spec?.containers[0] : containerOf(from, container))?.image ?? ''
  const progressing = status?.conditions?.find((condition) => condition.type === 'Progressing')
  return {
    name: metadata?.name ?? '',
    namespace: metadata?.namespace ?? '',
    image,
    version: versionOf(image),
    revision: revisionOf(from),
    ready: status?.readyReplicas ?? 0,
    total: spec?.replicas ?? 1,
    paused: spec?.paused ?? false,
    lastActionId: metadata?.annotations?.[actionAnnotation] ?? null,
    since: timeOf(progressing?.lastUpdateTime) ?? timeOf(metadata?.creationTimestamp),
  }
}

/**
 * The revisions of a Deployment, newest first. Kubernetes does not keep whether one ever served: NOX notes those whose
 * rollout failed while it looked, and one that has pods now must have some ready; the others count as good, and so does
 * one that failed at first and has all of its pods ready by now.
 */
export function readRevisions(
  deployment: V1Deployment,
  sets: readonly V1ReplicaSet[],
  target: ServiceTarget,
): readonly Revision[] {
  const failed = failedRevisions(deployment)
  const wanted = deployment.spec?.replicas ?? 1
  return ownedSets(deployment, sets)
    .map((set): Revision => {
      const image = set.spec?.template?.spec?.containers.find((each) => each.name === target.container)?.image ?? ''
      const revision = revisionOf(set)
      const { replicas = 0, readyReplicas = 0 } = set.status ?? {}
      return {
        revision,
        image,
        version: versionOf(image),
        createdAt: timeOf(set.metadata?.creationTimestamp) ?? 0,
        wasGood:
          (replicas > 0 && readyReplicas >= wanted) ||
          (!failed.includes(revision) && (replicas === 0 || readyReplicas > 0)),
      }
    })
    .filter(({ revision, image }) => revision > 0 && image !== '')
    .sort((a, b) => b.revision - a.revision)
}

/** As the Deployment controller counts them, from 1; 0 = it has not looked yet. */
export const revisionOf = (object: V1Deployment | V1ReplicaSet): number =>
  Number(object.metadata?.annotations?.[revisionAnnotation] ?? 0)

/** The ReplicaSets that a Deployment made. */
export const ownedSets = (deployment: V1Deployment, sets: readonly V1ReplicaSet[]): readonly V1ReplicaSet[] =>
  sets.filter((set) => set.metadata?.ownerReferences?.some((owner) => owner.uid === deployment.metadata?.uid))

/** Revisions whose rollout failed, newest last. */
export const failedRevisions = (deployment: V1Deployment): readonly number[] =>
  (deployment.metadata?.annotations?.[failedAnnotation] ?? '')
    .split(',')
    .map(Number)
    .filter((each) => each > 0)
