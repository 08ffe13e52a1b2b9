/** Why a cluster fails: it does not accept its credentials, shows another certificate, or does not answer. */
export type ClusterFailure = 'credentials' | 'certificate' | 'silent'

/** A Kubernetes cluster that an admin connected. Its credentials stand encrypted in storage. */
export interface Cluster {
  readonly tenantId: string
  readonly id: string
  readonly name: string
  readonly environments: readonly string[]
  /** Namespaces that NOX may look at; empty = those of the catalogue. */
  readonly namespaces: readonly string[]
  readonly isDefault: boolean
  /** The last time that it answered a test, or worked again. */
  readonly checkedAt: number | null
  /** Since when it fails, at tests or at work (ms since 1970); absent = it does not. */
  readonly failingSince?: number
  readonly failingFor?: ClusterFailure
  /** When admins were last told that it fails (ms since 1970). */
  readonly toldAt?: number
  /** The Slack channel that NOX tells its trouble in, unasked; absent = it is not watched. */
  readonly watchChannel?: string
  /** Since when the plan does not include clusters (ms since 1970). */
  readonly pausedAt?: number
}

/** A cluster as its admins set it up: without how it does. */
export function clusterSettings(
  cluster: Cluster,
): Omit<Cluster, 'checkedAt' | 'failingSince' | 'failingFor' | 'toldAt'> {
  const { checkedAt: _, failingSince: _since, failingFor: _for, toldAt: _told, ...settings } = cluster
  return settings
}

/** The same cluster as one that works. */
export function asReachable({ failingSince: _, failingFor: _for, ...cluster }: Cluster): Cluster {
  return cluster
}

/** Where one service runs in one environment. */
export interface ServiceTarget {
  readonly environment: string
  readonly clusterId: string
  readonly namespace: string
  readonly deployment: string
  readonly container: string
}

/** One entry of the service catalogue. */
export interface Service {
  readonly tenantId: string
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly targets: readonly ServiceTarget[]
  /** `registry.example/{service}:{tag}` with `{service}`, `{branch-slug}`, `{tag}`, `{sha}`. */
  readonly imageTemplate: string
  readonly defaultBranch: string
  /** Where its code is: `acme/user-api`. */
  readonly repository?: string
  /** The workflow of that repository that deploys it, where one does: `deploy.yml`. */
  readonly workflow?: string
}

/** What `backup` can save: the CronJob whose template makes the Job. */
export interface BackupTarget {
  readonly tenantId: string
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly environment: string
  readonly clusterId: string
  readonly namespace: string
  readonly cronJob: string
}
