import type { Trouble } from './pod-life.ts'

/** What runs in a simulated cluster when it starts. */
export interface ClusterSeed {
  readonly nodes: readonly string[]
  readonly namespaces: readonly string[]
  readonly deployments: readonly {
    readonly namespace: string
    readonly name: string
    readonly image: string
    readonly replicas: number
    readonly container?: string
    readonly trouble?: Trouble
    /** Images that ran before, oldest first: revisions to go back to. */
    readonly before?: readonly string[]
    /** Lines that each pod has written; absent = what a service writes in its time. */
    readonly logLines?: number
  }[]
  readonly cronJobs: readonly {
    readonly namespace: string
    readonly name: string
    readonly image: string
    readonly schedule: string
    readonly sizeBytes?: number
  }[]
  /** Whether the registry has an image. */
  readonly hasImage: (image: string) => boolean
}
