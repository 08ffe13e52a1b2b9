import type { WorkspaceSeed } from '../workspaces.ts'
import type { Later } from './timers.ts'

/** A shortcut of the manifest: on a message (the default), or anywhere. */
export interface ShortcutSettings {
  readonly callback_id: string
  readonly name: string
  readonly type?: 'message' | 'global'
}

/** What Slack's app settings page knows of the app. */
export interface AppSettings {
  readonly id: string
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
  readonly signingSecret: string
  /** App-level token (`xapp-…`) that opens Socket Mode; without it the app has none. */
  readonly appToken: string | null
  /** Subscribed bot events. */
  readonly events: readonly string[]
  readonly commands: readonly { readonly command: string; readonly shouldEscape?: boolean }[]
  readonly shortcuts: readonly ShortcutSettings[]
  /** Domains whose links the app may unfurl. */
  readonly unfurlDomains: readonly string[]
  /** Path of the app's install page. */
  readonly installPath: string
  /** With token rotation: how long a token works, s; null = for ever. */
  readonly tokenLifetime: number | null
}

export interface SlackDoubleOptions {
  /** Base address of NOX, e.g. `http://127.0.0.1:3000`; may be set later with `setNoxUrl`. */
  readonly noxUrl?: string
  readonly eventsPath?: string
  readonly installPath?: string
  /** Path of the redirect URL, used when an authorisation names none. */
  readonly redirectPath?: string
  readonly signingSecret: string
  readonly clientId: string
  readonly clientSecret: string
  readonly appToken?: string
  readonly appId?: string
  readonly appName?: string
  readonly events?: readonly string[]
  readonly commands?: readonly { readonly command: string; readonly shouldEscape?: boolean }[]
  readonly shortcuts?: readonly ShortcutSettings[]
  readonly unfurlDomains?: readonly string[]
  /** Tokens end after 12 hours, or `tokenLifetime` seconds, and are refreshed. */
  readonly tokenRotation?: boolean
  readonly tokenLifetime?: number
  readonly workspaces?: readonly WorkspaceSeed[]
  /** Multiplies the waits before retries of events (0 s, 1 min, 5 min); 0.001 makes them 60 and 300 ms. */
  readonly timeFactor?: number
  /** How long NOX may take to acknowledge, ms; Slack gives 3,000. */
  readonly ackTimeoutMs?: number
  /** Method tiers and the limit of about a message a second a channel; default true. */
  readonly rateLimits?: boolean
  /** Clock, ms since 1970. */
  readonly now?: () => number
  /** Waits of deliveries: for acknowledgements, before retries. Default: real ones. */
  readonly later?: Later
  /** How long an uploaded picture can't be shown by a block yet, ms; default 150. */
  readonly pictureDelayMs?: number
  readonly maxMessagesPerChannel?: number
  /** Requests remembered for the inspector. */
  readonly maxTraces?: number
  /** Keeps installations, messages and Home tabs over restarts in this file; without it, memory alone. */
  readonly persist?: { readonly file: string }
  /** What the page's panel does to the simulated cluster. */
  readonly onCluster?: (what: 'crash' | 'fail-rollout' | 'heal', service: string) => Promise<void> | void
  /** Makes the workspace's simulated monitoring send an alert, or the end of all; `false` = the app did not take it. */
  readonly onAlert?: (teamId: string, what: 'fire' | 'resolve', service: string) => Promise<boolean>
}

/** Events that NOX's manifest subscribes to. */
export const defaultEvents: readonly string[] = [
  'app_mention',
  'message.im',
  'app_home_opened',
  'app_uninstalled',
  'tokens_revoked',
  'agent_session_stopped',
  'member_joined_channel',
  'user_change',
]

/** What was left out is as NOX's own app has it; a token that rotates holds for 43,200 s, as Slack's do. */
export function appSettings(options: SlackDoubleOptions): AppSettings {
  return {
    id: options.appId ?? 'A0NOX',
    name: options.appName ?? 'NOX',
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    signingSecret: options.signingSecret,
    appToken: options.appToken ?? null,
    events: options.events ?? defaultEvents,
    commands: options.commands ?? [{ command: '/nox' }],
    shortcuts: options.shortcuts ?? [],
    unfurlDomains: options.unfurlDomains ?? [],
    tokenLifetime: options.tokenRotation ? (options.tokenLifetime ?? 43_200) : null,
    installPath: options.installPath ?? '/slack/install',
  }
}
