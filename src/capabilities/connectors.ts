import type { Capability, Integration, Vendor } from '../domain/integration.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Phrase } from '../texts/phrase.ts'
import type { Alerts, Dashboards } from './alerts.ts'
import type { Announcements } from './announcements.ts'
import type { CallOptions } from './clusters.ts'
import type { HookRequest, HookResult } from './hooks.ts'
import type { Marks } from './marks.ts'
import type { Metrics } from './metrics.ts'
import type { Pages } from './pages.ts'
import type { Repositories } from './repositories.ts'
import type { Tickets } from './tickets.ts'

/** One field that an admin fills in; the modal of App Home is made from these. */
export interface SettingSpec {
  readonly name: string
  /** A `secret` is sealed, never shown again, and left empty where it stays; a `channel` is the address of a conversation. */
  readonly kind: 'text' | 'url' | 'secret' | 'lines' | 'choice' | 'choices' | 'channel' | 'rows'
  readonly label: TextKey
  readonly hint?: TextKey
  readonly optional?: boolean
  /** A secret of several lines: a key in PEM. */
  readonly isLong?: boolean
  /** For `choice`, and for `choices`, whose values are joined by commas. */
  readonly options?: readonly { readonly value: string; readonly label: TextKey }[]
  /** For `rows`: fields that come again and again, and how they are stored as one text. */
  readonly rows?: SettingRows
}

/** The fields of rows, and the text that they are stored as. */
export interface SettingRows {
  readonly fields: readonly SettingSpec[]
  readonly most: number
  read(text: string): readonly SettingValues[]
  write(rows: readonly SettingValues[]): string
  /** What is wrong in a row that is not empty, by its field; `null` = nothing. */
  check(row: SettingValues): Readonly<Record<string, Phrase>> | null
}

/** The name in a form of a field of a row, counted from 0. */
export const rowField = (name: string, row: number, field: string): string => `${name}.${row}.${field}`

/** Values by the name of their field; an absent one was left empty. */
export type SettingValues = Readonly<Record<string, string>>

/** A vendor with its opened secrets. */
export interface Connection {
  readonly integration: Integration
  readonly secrets: SettingValues
}

/** The ports that commands speak to, by what they give. */
export interface Ports {
  readonly repositories: Repositories
  readonly tickets: Tickets
  readonly pages: Pages
  readonly alerts: Alerts
  readonly dashboards: Dashboards
  readonly metrics: Metrics
  readonly marks: Marks
  readonly announcements: Announcements
}

/** What a real request told of a connection. */
export interface ConnectionTest {
  /** As whom NOX acts there. */
  readonly account: string
  /** What it may not do there, in the vendor's own words: `actions: write`. */
  readonly missing: readonly string[]
  /** The accounts whose things it reaches there, in lower case; absent = it cannot be told. */
  readonly owners?: readonly string[]
}

/** An open connection: bound to one tenant's settings and secrets, so that commands see neither. */
export interface Connected extends Partial<Ports> {
  test(call: CallOptions): Promise<ConnectionTest>
}

/** What an integration gets to open a connection with. */
export interface ConnectorTools {
  /** The one way out: checked addresses, time limits, safe retries, a circuit breaker. */
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
}

/** The public face of an integration: cheap to load, its SDK comes with the first `open`. */
export interface Connector {
  readonly vendor: Vendor
  readonly capabilities: readonly Capability[]
  readonly settings: readonly SettingSpec[]
  /** What is wrong with the values as a whole, by field; secrets that stay are given as they stand. */
  check(values: SettingValues): Readonly<Record<string, Phrase>> | null
  /** What Home says of a connection beneath how it stands, some lines at most. */
  about?(integration: Integration): readonly Phrase[]
  /** A test tells whose things a connection reaches: of a connection that does not know it yet it is asked at its use. */
  readonly tellsOwners?: true
  open(connection: Connection, tools: ConnectorTools): Promise<Connected>
  /** Checks a webhook and reads what it tells. Absent = this vendor sends none. */
  readHook?(request: HookRequest, connection: Connection): Promise<HookResult>
}

/** Every vendor that NOX knows, and the connections that stand open. */
export interface Connectors {
  readonly all: readonly Connector[]
  find(vendor: Vendor): Connector | undefined
  /** The same connection is opened once, and kept while its settings and secrets stay the same. */
  open(connection: Connection): Promise<Connected>
  close(): Promise<void>
}
