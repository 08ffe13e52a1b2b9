/** What stood in the form of a cluster that was not connected, without its secrets: to begin the form with again. */
export interface ClusterDraft {
  /** The cluster that is edited; absent = a new one. */
  readonly id?: string
  readonly name: string
  readonly environments: readonly string[]
  readonly server?: string
  readonly namespaces?: string
  /** The Slack channel for its trouble. */
  readonly watch?: string
  /** The certificate of its authority. */
  readonly ca?: string
  /** Credentials stood there too: they are to be pasted again. */
  readonly hadSecret: boolean
}
