/** The vendors that a tenant can connect, in the order in which Home lists them. */
export const vendors = [
  'github',
  'jira',
  'notion',
  'confluence',
  'grafana',
  'datadog',
  'alertmanager',
  'teams',
] as const

export type Vendor = (typeof vendors)[number]

/** What a connected vendor can give to commands. */
export type Capability =
  | 'repositories'
  | 'tickets'
  | 'pages'
  | 'alerts'
  | 'dashboards'
  | 'metrics'
  | 'marks'
  | 'announcements'

/** Vendors as people write them. */
export const vendorNames: Readonly<Record<Vendor, string>> = {
  github: 'GitHub',
  jira: 'Jira',
  notion: 'Notion',
  confluence: 'Confluence',
  grafana: 'Grafana',
  datadog: 'Datadog',
  alertmanager: 'Alertmanager',
  teams: 'Microsoft Teams',
}

/** Who can give a capability; the first is named where none is connected. */
export const providersOf: Readonly<Record<Capability, readonly Vendor[]>> = {
  repositories: ['github'],
  tickets: ['jira'],
  pages: ['notion', 'confluence'],
  alerts: ['grafana', 'datadog', 'alertmanager'],
  dashboards: ['grafana', 'datadog'],
  metrics: ['datadog', 'grafana'],
  marks: ['datadog', 'grafana'],
  announcements: ['teams'],
}

/** Why a connection fails: the vendor does not accept its credentials, or does not answer. */
export type FailingFor = 'credentials' | 'silent'

/** The same connection as one that works. */
export function asWorking({ failingFor: _, ...integration }: Integration): Integration {
  return { ...integration, failingSince: null }
}

/** A vendor that an admin connected, one of each a tenant. Its secrets stand encrypted in storage. */
export interface Integration {
  readonly tenantId: string
  readonly vendor: Vendor
  /** What the admin entered, by the name of the field; never a secret. */
  readonly settings: Readonly<Record<string, string>>
  /** As whom NOX acts there: a login, an app, a bot. */
  readonly account: string
  /** The accounts whose things it reaches there, in lower case, at the last test; absent = it cannot be told. */
  readonly owners?: readonly string[]
  readonly connectedAt: number
  /** The last time that the vendor answered a test. */
  readonly checkedAt: number
  /** Since when it fails, at tests or at work; `null` = it does not. */
  readonly failingSince: number | null
  /** Why it fails; absent = it does not, or the vendor refused a test for another reason. */
  readonly failingFor?: FailingFor
  /** When admins were last told that it fails (ms since 1970). */
  readonly toldAt?: number
  /** Since when the plan does not include it (ms since 1970): nothing of it is lost, and nothing is asked of it. */
  readonly pausedAt?: number
}

/** Those of a tenant's integrations that give a capability, in the order of `providersOf`. */
export const providersAmong = (integrations: readonly Integration[], capability: Capability): readonly Integration[] =>
  providersOf[capability].flatMap((vendor) => integrations.filter((each) => each.vendor === vendor))

/** The setting that names the capabilities for which a vendor is asked first, joined by commas. */
export const preferredFor = 'preferredFor'

const isPreferred = ({ settings }: Integration, capability: Capability): boolean =>
  (settings[preferredFor] ?? '').split(',').includes(capability)

/** Whom a capability is asked of where nobody says: the only one, else the one that an admin prefers, else `several`. */
export function usualProvider(
  integrations: readonly Integration[],
  capability: Capability,
): Integration | 'several' | null {
  const among = providersAmong(integrations, capability)
  const preferred = among.filter((each) => isPreferred(each, capability))
  const [first, ...others] = preferred.length > 0 ? preferred : among
  if (!first) return null
  return others.length > 0 ? 'several' : first
}

/** Is this text one of the vendors? */
export const isVendor = (text: string): text is Vendor => vendors.some((each) => each === text)
