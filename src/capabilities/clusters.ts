import type { Cluster, ServiceTarget } from '../domain/catalogue.ts'
import type { Phrase } from '../texts/phrase.ts'
import type { TroubleListener } from './cluster-trouble.ts'

/** Credentials of a cluster in the one form that is stored: checked against an allow list, nothing else kept. */
export interface ClusterAccess {
  /** `https://…`, a host that egress accepts; `inCluster` for the cluster that NOX runs in, by its own account. */
  readonly server: string
  /** PEM, base64 as in a kubeconfig. */
  readonly caData?: string
  readonly tlsServerName?: string
  readonly token?: string
  readonly clientCertData?: string
  readonly clientKeyData?: string
}

/** The server of the cluster that NOX itself runs in: no address, so that nothing else is ever sent its token. */
export const inCluster = 'in-cluster'

/** How a cluster is opened: its row and its decrypted credentials. */
export interface ClusterConnection {
  readonly cluster: Cluster
  readonly access: ClusterAccess
}

/** Limits of one call into the outside world. */
export interface CallOptions {
  readonly signal: AbortSignal
}

export interface Deployment {
  readonly name: string
  readonly namespace: string
  readonly image: string
  /** The image's tag, or digest, as people call the version. */
  readonly version: string
  readonly revision: number
  readonly ready: number
  readonly total: number
  readonly paused: boolean
  /** `nox.dev/action` of the last change that NOX made. */
  readonly lastActionId: string | null
  /** Since when it runs this revision, ms. */
  readonly since: number | null
}

export interface Revision {
  readonly revision: number
  readonly image: string
  readonly version: string
  readonly createdAt: number
  /** True where every replica of it became ready at some time. */
  readonly wasGood: boolean
}

/** Where a rollout stands; `failed` carries the reason that the pods give. */
export interface RolloutState {
  readonly phase: 'progressing' | 'done' | 'failed'
  readonly ready: number
  readonly total: number
  readonly failure?: RolloutFailure
}

export interface RolloutFailure {
  readonly reason:
    | 'ImagePullBackOff'
    | 'CrashLoopBackOff'
    | 'OOMKilled'
    | 'Probe'
    | 'Quota'
    | 'Unschedulable'
    | 'Timeout'
    | 'Forbidden'
    | 'Other'
  /** What happened and what to do, in the words of the message book. */
  readonly sentence: Phrase
  /** The cluster's own word: `CrashLoopBackOff`. */
  readonly clusterWord: string
  /** The last lines of the failing pod, at most 5. */
  readonly lines: readonly string[]
}

export interface PodSummary {
  readonly name: string
  readonly namespace: string
  readonly ready: boolean
  readonly status: string
  readonly restarts: number
  readonly node: string | null
  readonly since: number
}

export interface ClusterEvent {
  readonly at: number
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly object: string
  readonly message: string
  readonly count: number
}

export interface ClusterStatus {
  readonly nodes: { readonly ready: number; readonly total: number }
  readonly deployments: { readonly ready: number; readonly total: number }
  readonly pods: { readonly ready: number; readonly total: number }
  readonly problems: readonly ClusterProblem[]
}

export interface ClusterProblem {
  /** A Deployment or a node. */
  readonly kind: 'deployment' | 'node'
  readonly name: string
  readonly namespace: string | null
  readonly ready: number
  readonly total: number
  /** The cluster's own word: `CrashLoopBackOff`, `NotReady`. */
  readonly why: string
  readonly since: number | null
}

export interface LogQuery {
  /** Ms since 1970; `until` itself is not in it. */
  readonly since?: number
  readonly until?: number
  readonly lines: number
  readonly contains?: string
  readonly level?: 'error' | 'warn' | 'info' | 'debug'
  readonly previous?: boolean
  /** Bytes that may be held at once; streams are cut, never buffered whole. */
  readonly maxBytes: number
}

export interface LogLines {
  /** Newest last; `pod` is the part of its name that tells replicas apart. */
  readonly lines: readonly { readonly at: number | null; readonly pod: string; readonly text: string }[]
  /** Lines that matched in all, also those that are not kept. */
  readonly total: number
  readonly cut: boolean
}

export interface JobState {
  readonly name: string
  readonly phase: 'running' | 'done' | 'failed'
  readonly startedAt: number | null
  readonly finishedAt: number | null
  /** From the annotation `nox.dev/size-bytes` of the Job or its pod, where the backup writes it. */
  readonly sizeBytes: number | null
  readonly failure: string | null
  readonly lines: readonly string[]
}

/** What `probe` found out about an effect by its idempotency key. */
export type Found = 'done' | 'in-progress' | 'not-started' | 'unknown'

/**
 * Kubernetes, as commands see it. Every call may throw a NoxError whose `forPerson` says what happened
 * (`unreachable`, `forbidden`, `not-found`, `timeout`, `conflict`).
 */
export interface Clusters {
  /** A real request with these credentials: the server's version, and what NOX may not do there. */
  test(connection: ClusterConnection, options: CallOptions): Promise<{ version: string; forbidden: readonly string[] }>
  status(connection: ClusterConnection, namespaces: readonly string[], options: CallOptions): Promise<ClusterStatus>
  deployment(connection: ClusterConnection, target: ServiceTarget, options: CallOptions): Promise<Deployment>
  revisions(connection: ClusterConnection, target: ServiceTarget, options: CallOptions): Promise<readonly Revision[]>
  /** Sets the container's image and annotates it with the action's id; safe to repeat for the same action. */
  setImage(
    connection: ClusterConnection,
    target: ServiceTarget,
    image: string,
    actionId: string,
    options: CallOptions,
  ): Promise<Deployment>
  restart(
    connection: ClusterConnection,
    target: ServiceTarget,
    actionId: string,
    options: CallOptions,
  ): Promise<Deployment>
  scale(
    connection: ClusterConnection,
    target: ServiceTarget,
    replicas: number,
    actionId: string,
    options: CallOptions,
  ): Promise<Deployment>
  /** States of the rollout of the newest generation, until it is done, has failed, or the signal ends it. */
  watchRollout(connection: ClusterConnection, target: ServiceTarget, options: CallOptions): AsyncIterable<RolloutState>
  /** Did the change of this action reach the Deployment? */
  findChange(
    connection: ClusterConnection,
    target: ServiceTarget,
    actionId: string,
    options: CallOptions,
  ): Promise<Found>
  pods(
    connection: ClusterConnection,
    where: ServiceTarget | readonly string[],
    options: CallOptions,
  ): Promise<readonly PodSummary[]>
  events(
    connection: ClusterConnection,
    where: ServiceTarget | readonly string[],
    since: number,
    options: CallOptions,
  ): Promise<readonly ClusterEvent[]>
  logs(connection: ClusterConnection, target: ServiceTarget, query: LogQuery, options: CallOptions): Promise<LogLines>
  /** A Job from the CronJob's template, named after the action: the same action never makes two. */
  startJob(
    connection: ClusterConnection,
    namespace: string,
    cronJob: string,
    actionId: string,
    options: CallOptions,
  ): Promise<JobState>
  watchJob(connection: ClusterConnection, namespace: string, job: string, options: CallOptions): AsyncIterable<JobState>
  findJob(
    connection: ClusterConnection,
    namespace: string,
    actionId: string,
    options: CallOptions,
  ): Promise<JobState | null>
  /** What the picker of the service catalogue offers. */
  listDeployments(
    connection: ClusterConnection,
    namespaces: readonly string[],
    options: CallOptions,
  ): Promise<readonly Deployment[]>
  /**
   * Watches a cluster for trouble until the signal ends it. It goes on through failures, which are troubles themselves.
   * @param namespaces none = all of the cluster
   * @throws NoxError `blocked-address`, `bad-input`: nothing was watched
   */
  watchTroubles(
    connection: ClusterConnection,
    namespaces: readonly string[],
    listener: TroubleListener,
    options: CallOptions,
  ): Promise<void>
}
