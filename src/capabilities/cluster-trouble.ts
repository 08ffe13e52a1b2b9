import type { Phrase } from '../texts/phrase.ts'

/** What a watch looks for; `blind` = the watch itself can't see, so that silence never passes for health. */
export type TroubleKind = 'crash' | 'memory' | 'image' | 'start' | 'pending' | 'rollout' | 'node' | 'blind'

/** Something that is wrong in a cluster, once per kind and object: twenty crashing pods of a Deployment are one. */
export interface ClusterTrouble {
  /** Names this trouble in its cluster, the same at each time: `Deployment/staging/user-api/crash`. */
  readonly key: string
  readonly kind: TroubleKind
  /** What people know it by: the Deployment rather than its pod; the node; the cluster itself for `blind`. */
  readonly object: { readonly kind: string; readonly namespace: string | null; readonly name: string }
  /** What happened and what to do. */
  readonly sentence: Phrase
  /** The cluster's own word: `CrashLoopBackOff`. */
  readonly clusterWord: string
  /** A pod that shows it, for its logs. */
  readonly pod: string | null
  /** Since when, as the cluster tells it (ms). */
  readonly since: number
}

/** Who is told of a cluster's troubles. */
export interface TroubleListener {
  /** Told again after NOX began to watch anew (a restart, another replica): its `key` tells that it is known. */
  began(trouble: ClusterTrouble): void
  ended(key: string): void
  /** Everything was looked at: what is not among these keys is over, also what ended while nobody watched. */
  synced(keys: readonly string[]): void
}
