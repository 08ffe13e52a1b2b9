/** Where alerts come in from, in the order in which Home lists them. */
export const alertSources = ['grafana', 'alertmanager', 'datadog', 'github', 'kubernetes'] as const
export type AlertSource = (typeof alertSources)[number]

/** The worst first. */
export const severities = ['critical', 'error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** Sources as people write them. */
export const alertSourceNames: Readonly<Record<AlertSource, string>> = {
  grafana: 'Grafana',
  alertmanager: 'Alertmanager',
  datadog: 'Datadog',
  github: 'GitHub',
  kubernetes: 'Kubernetes',
}

/** One notification of one problem, whoever sent it; every text is short and foreign. */
export interface Alert {
  readonly source: AlertSource
  /** Names the problem within its source, the same at each notification. */
  readonly fingerprint: string
  readonly title: string
  /** What the rule says of it; `''` = nothing. */
  readonly summary: string
  readonly severity: Severity
  readonly service: string | null
  readonly environment: string | null
  readonly labels: Readonly<Record<string, string>>
  /** Whole https or http addresses. */
  readonly links: readonly string[]
  readonly state: 'firing' | 'resolved'
  /** When it came to this state by the source's clock (ms): what is older than what is known changes nothing. */
  readonly at: number
}

/** A day of hours in the tenant's zone; past midnight where `to` is before `from`. */
export interface AlertHours {
  /** 1 = Monday … 7 = Sunday: the day on which the hours begin; empty = every day. */
  readonly days: readonly number[]
  /** `08:00` */
  readonly from: string
  readonly to: string
}

/** Which alerts go where; what a list leaves empty is open to all. */
export interface AlertRoute {
  readonly id: string
  readonly name: string
  readonly severities: readonly Severity[]
  /** Patterns with `*`. */
  readonly services: readonly string[]
  readonly environments: readonly string[]
  /** Every one must be there with this value, a pattern with `*`. */
  readonly labels: Readonly<Record<string, string>>
  readonly hours: AlertHours | null
  /** A Slack channel's id. */
  readonly channel: string | null
  /** Slack ids of people who are told directly. */
  readonly people: readonly string[]
  /** Addresses that get a letter of what is critical. */
  readonly emails?: readonly string[]
  /** A channel of Microsoft Teams, by the name that admins gave it. */
  readonly teams?: string | null
  /** A rota's group: who is on call that day is told directly. */
  readonly rota: string | null
  /** Minutes after which an alert that nobody acknowledged is told to who is on call, or to the people of `escalateTo`. */
  readonly escalateAfter: number | null
  readonly escalateTo: readonly string[]
}

/** Who is on call, by the day of the week in the tenant's zone: seven lists of Slack ids, Monday first. */
export interface Rota {
  readonly group: string
  readonly week: readonly (readonly string[])[]
}

/** What one person wants to be told directly, besides the routes. */
export interface AlertSubscription {
  readonly userId: string
  readonly severities: readonly Severity[]
  /** Patterns with `*`; empty = every service. */
  readonly services: readonly string[]
}

/** All that a tenant's people set for alerts; edited as one, by its version. */
export interface AlertSettings {
  readonly routes: readonly AlertRoute[]
  readonly rotas: readonly Rota[]
  /** Only what is critical is told then; the rest when they end. */
  readonly quiet: AlertHours | null
  readonly subscriptions: readonly AlertSubscription[]
}

export const noAlertSettings: AlertSettings = { routes: [], rotas: [], quiet: null, subscriptions: [] }

/** A message that tells an alert. `ts` null = about to be posted. */
export interface AlertPost {
  /** A channel's id, a person's for a direct message, `mailto:…`, or `teams:…` with a channel's name. */
  readonly to: string
  readonly conversationId: string
  readonly ts: string | null
  /** When it was about to be posted. */
  readonly since: number
  /** What a place outside Slack was told last; absent = that it fires. */
  readonly said?: 'firing' | 'resolved'
}

/** One problem as NOX keeps it: one row for all its notifications. */
export interface KeptAlert {
  readonly tenantId: string
  /** Short, typed by people: of the tenant alone. */
  readonly id: string
  /** The newest notification. */
  readonly alert: Alert
  /** Notifications, without repeated deliveries of one. */
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** When this run of it began, and ended. */
  readonly beganAt: number
  readonly endedAt: number | null
  /** Changes of state since `flipsSince`. */
  readonly flips: number
  readonly flipsSince: number
  /** Slack id. */
  readonly acknowledgedBy: string | null
  readonly acknowledgedAt: number | null
  readonly mutedUntil: number | null
  readonly mutedBy: string | null
  readonly escalateAt: number | null
  readonly escalatedAt: number | null
  /** The collective message that it is part of. */
  readonly stormId: string | null
  readonly posts: readonly AlertPost[]
  /** When it is to be looked at next; `null` = when something new is known. */
  readonly dueAt: number | null
  /** Rises with each change of it. */
  readonly revision: number
  /** What the newest notification said, to know a repeated delivery by. */
  readonly digest: string
}

/** A collective message: what came too fast to be told one by one. */
export interface AlertStorm {
  readonly tenantId: string
  readonly id: string
  /** Whom it is for: the same as of its alerts. */
  readonly audience: string
  readonly beganAt: number
  /** The last time that an alert joined. */
  readonly joinedAt: number
  readonly posts: readonly AlertPost[]
}

/** Patterns with `*`, in any case. */
export function fitsPattern(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  const value = text.toLowerCase()
  const [first = '', ...rest] = parts
  if (rest.length === 0) return value === first
  if (!value.startsWith(first)) return false
  const last = rest.pop() ?? ''
  let at = first.length
  for (const part of rest) {
    const found = value.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return value.length - last.length >= at && value.endsWith(last)
}
