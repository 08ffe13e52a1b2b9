import type { DeploymentObject, PodObject, ReplicaSetObject } from './objects.ts'
import type { Trouble } from './pod-life.ts'
import type { Store } from './store.ts'

export const revisionAnnotation = 'deployment.kubernetes.io/revision'

export interface ControllerOptions {
  readonly store: Store
  /** Simulated seconds that pass in a real one. */
  readonly speed: number
  /** Whether the registry has this image. */
  readonly hasImage: (image: string) => boolean
  readonly nodes: readonly string[]
  /** Simulated seconds that the Job of a CronJob takes. */
  readonly jobSeconds: number
  /** Bytes that the Job of a CronJob writes. */
  readonly jobSizes: Readonly<Record<string, number>>
}

/** What the parts of the simulation know of each other. */
export interface Simulation {
  readonly options: ControllerOptions
  /** By uid of the ReplicaSet: what is wrong with its pods, and since when. */
  readonly troubles: Map<string, { readonly trouble: Trouble; readonly since: number }>
  /** By `namespace/name` of the Deployment, or its name alone: what will be wrong with its next ReplicaSet. */
  readonly nextTroubles: Map<string, Trouble>
  readonly failingCronJobs: ReadonlySet<string>
  /** The ReplicaSets of a Deployment, newest revision first. */
  setsOf(deployment: DeploymentObject): ReplicaSetObject[]
  podsOf(set: ReplicaSetObject): PodObject[]
  /** The random end of a pod's name. */
  suffix(length: number): string
}

/** As the annotation has it; 0 = none yet. */
export const revision = (object: ReplicaSetObject | DeploymentObject): number =>
  Number(object.metadata.annotations?.[revisionAnnotation] ?? 0)
