/** A Kubernetes cluster that an admin connected. Its credentials stand encrypted in storage. */
export interface Cluster {
  readonly tenantId: string
  readonly id: string
  readonly name: string
  readonly environments: readonly string[]
  /** Namespaces that NOX may look at; empty = those of the catalogue. */
  readonly namespaces: readonly string[]
  readonly isDefault: boolean
  readonly checkedAt: number | null
  /** The Slack channel that NOX tells its trouble in, unasked; absent = it is not watched. */
  readonly watchChannel?: string
  /** Since when the plan does not include clusters (ms since 1970). */
  readonly pausedAt?: number
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
