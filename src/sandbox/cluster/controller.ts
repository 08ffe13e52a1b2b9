import { createHash, randomInt } from 'node:crypto'
import { updateStatus } from './deployment-status.ts'
import { noteEvent } from './events.ts'
import { runJobs } from './job-controller.ts'
import type { DeploymentObject, PodObject, ReplicaSetObject } from './objects.ts'
import { applyLife, lifeAt, podIsReady, type Trouble } from './pod-life.ts'
import { type ControllerOptions, revision, revisionAnnotation, type Simulation } from './simulation.ts'

const hashLabel = 'pod-template-hash'
/** How often the controllers look (ms). */
const every = 100
/** After so many looks at which nothing changed the cluster is at rest, and only one look in ten is taken. */
const restful = { after: 20, oneIn: 10 } as const
const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** The controllers of a cluster: Deployments make ReplicaSets make pods, pods live and fail, Jobs run. */
export class Controller implements Simulation {
  readonly options: ControllerOptions
  /** By uid of the ReplicaSet: what is wrong with its pods, and since when. */
  readonly troubles = new Map<string, { readonly trouble: Trouble; readonly since: number }>()
  /** By `namespace/name` of the Deployment: what will be wrong with its next ReplicaSet. */
  readonly nextTroubles = new Map<string, Trouble>()
  readonly failingCronJobs = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  /** Looks since something changed, and the version that they saw. */
  #still = 0
  #seen = -1

  constructor(options: ControllerOptions) {
    this.options = options
  }

  start(): void {
    this.#timer = setInterval(() => this.#lookAgain(), Math.max(5, every / this.options.speed))
    this.#timer.unref()
  }

  /** Looks, unless the cluster is at rest: a computer that does nothing should not be kept busy. */
  #lookAgain(): void {
    const { store } = this.options
    if (store.version !== this.#seen) this.#still = 0
    else this.#still += 1
    if (this.#still > restful.after && this.#still % restful.oneIn !== 0) return
    // As it was before: what the look itself changes is movement too.
    this.#seen = store.version
    this.tick()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** One look at everything. */
  tick(): void {
    const { store } = this.options
    for (const deployment of store.list('Deployment')) this.#reconcile(deployment)
    for (const pod of store.list('Pod')) this.#live(pod)
    for (const deployment of store.list('Deployment')) updateStatus(this, deployment)
    runJobs(this)
  }

  /** The ReplicaSets of a Deployment, newest revision first. */
  setsOf(deployment: DeploymentObject): ReplicaSetObject[] {
    const { namespace, uid } = deployment.metadata
    return this.options.store
      .list('ReplicaSet', namespace)
      .filter((set) => set.metadata.ownerReferences?.[0]?.uid === uid)
      .sort((a, b) => revision(b) - revision(a))
  }

  podsOf(set: ReplicaSetObject): PodObject[] {
    return this.options.store
      .list('Pod', set.metadata.namespace)
      .filter((pod) => pod.metadata.ownerReferences?.[0]?.uid === set.metadata.uid)
  }

  /** A pod name's end, as Kubernetes makes them. */
  suffix(length: number): string {
    return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
  }

  #reconcile(deployment: DeploymentObject): void {
    const { store } = this.options
    deployment.status.observedGeneration = deployment.metadata.generation ?? 1
    if (deployment.spec.paused) return
    const current = this.#currentSet(deployment)
    const all = this.setsOf(deployment)
    const old = all.filter((set) => set !== current)
    const wanted = deployment.spec.replicas
    const surge = Math.ceil(wanted * 0.25)
    const unavailable = Math.floor(wanted * 0.25)
    const pods = all.flatMap((set) => this.podsOf(set))
    const own = this.podsOf(current)
    const room = wanted + surge - pods.length
    const isQuota = this.troubles.get(current.metadata.uid)?.trouble === 'Quota'
    const missing = Math.min(wanted - own.length, old.length === 0 ? wanted : room)
    if (missing > 0 && !isQuota) for (let made = 0; made < missing; made += 1) this.#makePod(deployment, current)
    for (const pod of own.slice(wanted)) this.#removePod(pod)
    // Pods that serve nothing go first; then as many as may be unavailable.
    let ready = pods.filter(podIsReady).length
    for (const pod of old
      .flatMap((set) => this.podsOf(set))
      .sort((a, b) => Number(podIsReady(a)) - Number(podIsReady(b)))) {
      if (podIsReady(pod) && ready - 1 < wanted - unavailable) break
      if (podIsReady(pod)) ready -= 1
      this.#removePod(pod)
    }
    for (const set of all) {
      const replicas = this.podsOf(set).length
      const readyReplicas = this.podsOf(set).filter(podIsReady).length
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
  #currentSet(deployment: DeploymentObject): ReplicaSetObject {
    const { store } = this.options
    const { name, namespace = '', uid } = deployment.metadata
    const hash = createHash('sha256').update(JSON.stringify(deployment.spec.template)).digest('hex').slice(0, 10)
    const sets = this.setsOf(deployment)
    const newest = sets.length === 0 ? 0 : Math.max(...sets.map(revision))
    const known = sets.find((set) => set.metadata.labels?.[hashLabel] === hash)
    if (known && revision(known) === newest) return known
    const next = String(newest + 1)
    if (known) {
      known.metadata.annotations = { ...known.metadata.annotations, [revisionAnnotation]: next }
      store.touch(known)
      this.#setRevision(deployment, next)
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
    const trouble = this.nextTroubles.get(`${namespace}/${name}`) ?? this.nextTroubles.get(name)
    const images = deployment.spec.template.spec.containers.map((container) => container.image)
    if (trouble) this.troubles.set(set.metadata.uid, { trouble, since: store.now() })
    else if (!images.every(this.options.hasImage)) {
      this.troubles.set(set.metadata.uid, { trouble: 'ImagePullBackOff', since: store.now() })
    }
    this.nextTroubles.delete(`${namespace}/${name}`)
    this.nextTroubles.delete(name)
    this.#setRevision(deployment, next)
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

  #setRevision(deployment: DeploymentObject, next: string): void {
    deployment.metadata.annotations = { ...deployment.metadata.annotations, [revisionAnnotation]: next }
    this.options.store.touch(deployment)
  }

  #makePod(deployment: DeploymentObject, set: ReplicaSetObject): void {
    const { store, nodes } = this.options
    const { name, namespace = '', uid, labels = {} } = set.metadata
    const node = nodes[randomInt(nodes.length)] ?? 'node-1'
    const pod = store.add('Pod', {
      metadata: {
        name: `${name}-${this.suffix(5)}`,
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

  #removePod(pod: PodObject): void {
    const { store } = this.options
    noteEvent(store, pod, 'Normal', 'Killing', `Stopping container ${pod.spec.containers[0]?.name ?? ''}`, 'kubelet')
    store.remove(pod)
  }

  #live(pod: PodObject): void {
    const owner = pod.metadata.ownerReferences?.[0]
    if (owner?.kind !== 'ReplicaSet') return
    const { store, speed } = this.options
    const bornAt = Date.parse(pod.metadata.creationTimestamp)
    const trouble = this.troubles.get(owner.uid)
    // A pod that ran well before its trouble began fails from that moment on.
    const from = trouble && trouble.since > bornAt ? trouble.since - 1_200 / speed : bornAt
    const age = (store.now() - from) * speed
    const at = (simulated: number) => new Date(from + simulated / speed).toISOString().replace(/\.\d+Z$/, 'Z')
    const life = lifeAt(age, trouble?.trouble, 0, at)
    const wasReady = podIsReady(pod)
    if (!applyLife(pod, life, store.time)) return
    store.touch(pod)
    this.#tellLife(pod, wasReady)
  }

  #tellLife(pod: PodObject, wasReady: boolean): void {
    const { store } = this.options
    const status = pod.status.containerStatuses?.[0]
    const reason = status?.state.waiting?.reason
    if (pod.status.phase === 'Pending' && !status) {
      noteEvent(
        store,
        pod,
        'Warning',
        'FailedScheduling',
        '0/3 nodes are available: 3 Insufficient memory.',
        'default-scheduler',
      )
    } else if (reason === 'ErrImagePull') {
      noteEvent(store, pod, 'Warning', 'Failed', `Failed to pull image "${status?.image ?? ''}": not found`, 'kubelet')
    } else if (reason === 'ImagePullBackOff') {
      noteEvent(store, pod, 'Warning', 'BackOff', `Back-off pulling image "${status?.image ?? ''}"`, 'kubelet')
    } else if (reason === 'CrashLoopBackOff') {
      noteEvent(
        store,
        pod,
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${status?.name ?? ''}`,
        'kubelet',
      )
    } else if (!wasReady && podIsReady(pod)) {
      noteEvent(store, pod, 'Normal', 'Started', `Started container ${status?.name ?? ''}`, 'kubelet')
    }
  }
}
