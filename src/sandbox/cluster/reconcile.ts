import { createHash, randomInt } from 'node:crypto'
import { noteEvent } from './events.ts'
import type { DeploymentObject, PodObject, ReplicaSetObject } from './objects.ts'
import { podIsReady } from './pod-life.ts'
import { revision, revisionAnnotation, type Simulation } from './simulation.ts'
import type { Store } from './store.ts'

const hashLabel = 'pod-template-hash'

/** Makes and removes the pods of a Deployment, as the deployment controller and the ReplicaSet controller do. */
export function reconcile(controller: Simulation, deployment: DeploymentObject): void {
  const { store } = controller.options
  deployment.status.observedGeneration = deployment.metadata.generation ?? 1
  if (deployment.spec.paused) return
  const current = currentSet(controller, deployment)
  const all = controller.setsOf(deployment)
  const old = all.filter((set) => set !== current)
  const wanted = deployment.spec.replicas
  const surge = Math.ceil(wanted * 0.25)
  const unavailable = Math.floor(wanted * 0.25)
  const pods = all.flatMap((set) => controller.podsOf(set))
  const own = controller.podsOf(current)
  const room = wanted + surge - pods.length
  const isQuota = controller.troubles.get(current.metadata.uid)?.trouble === 'Quota'
  const missing = Math.min(wanted - own.length, old.length === 0 ? wanted : room)
  if (missing > 0 && !isQuota) for (let made = 0; made < missing; made += 1) makePod(controller, deployment, current)
  for (const pod of own.slice(wanted)) removePod(store, pod)
  // Pods that serve nothing go first; then as many as may be unavailable.
  let ready = pods.filter(podIsReady).length
  for (const pod of old
    .flatMap((set) => controller.podsOf(set))
    .sort((a, b) => Number(podIsReady(a)) - Number(podIsReady(b)))) {
    if (podIsReady(pod) && ready - 1 < wanted - unavailable) break
    if (podIsReady(pod)) ready -= 1
    removePod(store, pod)
  }
  for (const set of all) {
    const replicas = controller.podsOf(set).length
    const readyReplicas = controller.podsOf(set).filter(podIsReady).length
    const { status } = set
    if (status.replicas === replicas && (status.readyReplicas ?? 0) === readyReplicas) continue
    set.spec.replicas = set === current ? wanted : replicas
    const ready = readyReplicas > 0 ? { readyReplicas, availableReplicas: readyReplicas } : {}
    set.status = { replicas, ...ready, observedGeneration: 1 }
    store.touch(set)
  }
  const limit = deployment.spec.revisionHistoryLimit ?? 10
  for (const set of old.filter((each) => each.status.replicas === 0).slice(limit)) store.remove(set)
}

/** The ReplicaSet of today's template: made, or taken again with a new revision, as after a rollback. */
function currentSet(controller: Simulation, deployment: DeploymentObject): ReplicaSetObject {
  const { store } = controller.options
  const { name, namespace = '', uid } = deployment.metadata
  const hash = createHash('sha256').update(JSON.stringify(deployment.spec.template)).digest('hex').slice(0, 10)
  const sets = controller.setsOf(deployment)
  const newest = sets.length === 0 ? 0 : Math.max(...sets.map(revision))
  const known = sets.find((set) => set.metadata.labels?.[hashLabel] === hash)
  if (known && revision(known) === newest) return known
  const next = String(newest + 1)
  if (known) {
    known.metadata.annotations = { ...known.metadata.annotations, [revisionAnnotation]: next }
    store.touch(known)
    setRevision(controller, deployment, next)
    return known
  }
  const labels = { ...deployment.spec.template.metadata?.labels, [hashLabel]: hash }
  const set = store.add('ReplicaSet', {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { [revisionAnnotation]: next },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true }],
    },
    spec: {
      replicas: deployment.spec.replicas,
      selector: { matchLabels: labels },
      template: structuredClone(deployment.spec.template),
    },
    status: { replicas: 0, observedGeneration: 1 },
  })
  const trouble = controller.nextTroubles.get(`${namespace}/${name}`) ?? controller.nextTroubles.get(name)
  const images = deployment.spec.template.spec.containers.map((container) => container.image)
  if (trouble) controller.troubles.set(set.metadata.uid, { trouble, since: store.now() })
  else if (!images.every(controller.options.hasImage)) {
    controller.troubles.set(set.metadata.uid, { trouble: 'ImagePullBackOff', since: store.now() })
  }
  controller.nextTroubles.delete(`${namespace}/${name}`)
  controller.nextTroubles.delete(name)
  setRevision(controller, deployment, next)
  noteEvent(
    store,
    deployment,
    'Normal',
    'ScalingReplicaSet',
    `Scaled up replica set ${set.metadata.name}`,
    'deployment-controller',
  )
  return set
}

function setRevision({ options }: Simulation, deployment: DeploymentObject, next: string): void {
  deployment.metadata.annotations = { ...deployment.metadata.annotations, [revisionAnnotation]: next }
  options.store.touch(deployment)
}

function makePod(controller: Simulation, deployment: DeploymentObject, set: ReplicaSetObject): void {
  const { store, nodes } = controller.options
  const { name, namespace = '', uid, labels = {} } = set.metadata
  const node = nodes[randomInt(nodes.length)] ?? 'node-1'
  const pod = store.add('Pod', {
    metadata: {
      name: `${name}-${controller.suffix(5)}`,
      namespace,
      labels,
      ...(set.spec.template.metadata?.annotations ? { annotations: set.spec.template.metadata.annotations } : {}),
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name, uid, controller: true }],
    },
    spec: { ...structuredClone(deployment.spec.template.spec), nodeName: node },
    status: { phase: 'Pending', conditions: [], startTime: store.time },
  })
  noteEvent(store, set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, 'replicaset-controller')
}

function removePod(store: Store, pod: PodObject): void {
  noteEvent(store, pod, 'Normal', 'Killing', `Stopping container ${pod.spec.containers[0]?.name ?? ''}`, 'kubelet')
  store.remove(pod)
}
