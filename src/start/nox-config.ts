import type { TurnLimits } from '../actions/turns.ts'
import type { PlanName } from '../config/variables.ts'
import type { DatabaseConfig, SlackCredentials, SmtpConfig, StripeConfig } from '../config.ts'
import type { createClusters } from '../integrations/kubernetes/index.ts'

type ClusterOptions = Parameters<typeof createClusters>[0]

/** What one NOX is set up with. */
export interface NoxConfig {
  readonly database: DatabaseConfig
  /** Where old audit records go; absent = they stay in the database. */
  readonly archivePath?: string
  readonly masterKeys: readonly string[]
  readonly allowPrivate: readonly string[]
  /** Slack workspaces that may use the cluster that NOX runs in; absent = none. */
  readonly inCluster?: readonly string[]
  /** How patient NOX is with what it watches and how often it shows it; absent = as real clusters and Slack want it. */
  readonly pace?: {
    readonly watch?: ClusterOptions['watchTimes']
    readonly follow?: ClusterOptions['followTimes']
    /** Clusters to watch are looked for so often (ms). */
    readonly lookEvery?: number
    /** Between two updates of a message (ms). */
    readonly showEvery?: number
  }
  readonly language: 'fr' | 'en'
  readonly plan: PlanName
  /** Absent = NOX is not sold here, and the plan above holds for everybody. */
  readonly stripe?: StripeConfig
  /** Absent = NOX sends no e-mail. */
  readonly smtp?: SmtpConfig
  /** The e-mail address that customers write to. */
  readonly contact?: string
  /** How often plans are looked at (ms); absent = every minute. */
  readonly plansEvery?: number
  readonly publicUrl: string
  /** How many orders this process runs at a time; absent = as many as usual. */
  readonly limits?: TurnLimits
  readonly metricsToken: string | undefined
  /** Absent = one workspace over a socket, without installs. */
  readonly slack: SlackCredentials | undefined
  /** Socket Mode in place of HTTP. */
  readonly socket?: { readonly appToken: string; readonly apiUrl: string; readonly botToken: string | undefined }
}
