import type { TracingConfig } from './tracing.ts'
import type { PlanName } from './variables.ts'

/** Where the database is, and for Postgres what a pooler before it hands out (sessions, where it is not told). */
export type DatabaseConfig =
  | { readonly url: string; readonly pooling?: 'session' | 'transaction' }
  | { readonly path: string }

/** What every mode has. */
export interface CommonConfig {
  readonly host: string
  readonly port: number
  /** The address under which the world reaches NOX, without a slash at its end. */
  readonly publicUrl: string
  readonly database: DatabaseConfig
  /** Where old audit records go; absent = they stay in the database. */
  readonly archivePath?: string
  /** Base64, 32 bytes each: the first encrypts, all decrypt. */
  readonly masterKeys: readonly string[]
  /** Hosts and networks that clusters may have although they are private. */
  readonly allowPrivate: readonly string[]
  /** Slack workspaces that may use the cluster that NOX runs in, by the account of its pod. */
  readonly inCluster: readonly string[]
  readonly language: 'fr' | 'en'
  readonly plan: PlanName
  /** Absent = NOX is not sold here. */
  readonly stripe?: StripeConfig
  /** Absent = NOX sends no e-mail. */
  readonly smtp?: SmtpConfig
  /** The e-mail address that customers write to; absent = nobody is named. */
  readonly contact?: string
  readonly log: { readonly level: string; readonly pretty: boolean }
  /** Where traces go; absent = nowhere. */
  readonly tracing?: TracingConfig
  /** How many orders one process runs at a time: of all tenants, of one, and that change one cluster. */
  readonly limits: { readonly all: number; readonly tenant: number; readonly cluster: number }
  readonly metricsToken: string | undefined
  readonly shutdownMs: number
}

/** Where e-mail goes out, and from whom. */
export interface SmtpConfig {
  readonly url: string
  readonly from: string
}

/** Access to Stripe, where NOX is sold. */
export interface StripeConfig {
  readonly secretKey: string
  readonly webhookSecret: string
  readonly apiUrl: string
}

export interface SlackCredentials {
  readonly signingSecret: string
  readonly clientId: string
  readonly clientSecret: string
  readonly apiUrl: string
  readonly authorizeUrl: string
}

/** How NOX runs: the sandbox, over HTTP with OAuth, or over a socket that Slack needs no address for. */
export type Config =
  | (CommonConfig & { readonly mode: 'sandbox' })
  | (CommonConfig & { readonly mode: 'http'; readonly slack: SlackCredentials })
  | (CommonConfig & {
      readonly mode: 'socket'
      readonly appToken: string
      readonly botToken: string | undefined
      readonly slack: SlackCredentials | undefined
      readonly apiUrl: string
    })
