import { randomInt } from 'node:crypto'
import { updateStatus } from './deployment-status.ts'
import { runJobs } from './job-controller.ts'
import type { DeploymentObject, PodObject, ReplicaSetObject } from './objects.ts'
import { applyLife, lifeAt, podIsReady, type Trouble } from './pod-life.ts'
import { reconcile } from './reconcile.ts'
import { type ControllerOptions, revision, type Simulation } from './simulation.ts'
import { tellLife } from './tell-life.ts'

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
    for (const deployment of store.list('Deployment')) reconcile(this, deployment)
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
    tellLife(store, pod, wasReady)
  }
}
