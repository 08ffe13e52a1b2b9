import type { Alert, AlertStorm, KeptAlert } from '../../domain/alert.ts'

/** One notification, and what a repeated delivery of it is known by. */
export interface AlertArrival {
  readonly alert: Alert
  readonly digest: string
}

/** Problems that fit all that is given. */
export interface AlertFilter {
  readonly state?: 'firing' | 'resolved'
  /** Muted at this moment (ms). */
  readonly mutedAt?: number
  readonly stormId?: string
  readonly service?: string
}

/** What happened to a problem. */
export interface AlertEvent {
  readonly at: number
  readonly what: 'fired' | 'resolved' | 'acknowledged' | 'muted' | 'unmuted' | 'escalated'
  /** Slack id; `null` = its source, or NOX. */
  readonly by: string | null
}

/** Where nothing has come in between, this is what a problem becomes. */
export type AlertChange = Partial<
  Pick<
    KeptAlert,
    'posts' | 'stormId' | 'escalateAt' | 'escalatedAt' | 'acknowledgedBy' | 'acknowledgedAt' | 'mutedUntil' | 'mutedBy'
  >
>

/** Problems that were told to NOX. */
export interface KeptAlerts {
  /** Takes notifications in, in one unit; durable when it resolves. */
  receive(tenantId: string, arrivals: readonly AlertArrival[], now: number): Promise<void>
  /** Tenants with something to look at by now. */
  dueTenants(now: number): Promise<readonly string[]>
  /** What is to be looked at by now, the worst first. */
  due(tenantId: string, now: number, limit: number): Promise<readonly KeptAlert[]>
  /**
   * What the teller did: `dueAt` holds only where nothing came in since `kept` was read; what came in stays due.
   * All in one unit.
   */
  told(tenantId: string, tellings: readonly AlertTelling[]): Promise<void>
  /** One problem of a source; `null` = nobody sent it. */
  ofFingerprint(tenantId: string, source: string, fingerprint: string): Promise<KeptAlert | null>
  /** All problems of a source that go on. */
  firingOf(tenantId: string, source: string): Promise<readonly KeptAlert[]>
  /** By its id, or the beginning of one that fits no other. */
  find(tenantId: string, id: string): Promise<KeptAlert | null>
  /** A person's or NOX's change, with its event: due at once. `null` = it is gone. */
  change(tenantId: string, id: string, change: AlertChange, event: AlertEvent): Promise<KeptAlert | null>
  /** The worst first, then the newest. */
  list(tenantId: string, filter: AlertFilter, limit: number, offset?: number): Promise<readonly KeptAlert[]>
  count(tenantId: string, filter: AlertFilter): Promise<number>
  /** Problems that fired in a time, each once (`to` is not in it any more). */
  countFired(tenantId: string, from: number, to: number): Promise<number>
  /** The newest first. */
  events(tenantId: string, alertId: string, limit: number): Promise<readonly AlertEvent[]>
  /** How many messages may still be posted one by one, and the collective message under way. */
  storm(tenantId: string, audience: string): Promise<StormState>
  /** Those of every audience. */
  storms(tenantId: string): Promise<readonly StormState[]>
  saveStorm(tenantId: string, audience: string, state: StormState): Promise<void>
  /** Forgets what is over, and events, from before this moment (ms). */
  forget(tenantId: string, before: number): Promise<void>
}

/** What the teller did with a problem. `dueAt`: when it looks again (ms since 1970); `null` = not before something comes in. */
export interface AlertTelling {
  readonly kept: KeptAlert
  readonly change: AlertChange
  readonly dueAt: number | null
}

/** How many messages an audience may still get one by one, and its collective messages. */
export interface StormState {
  readonly tokens: { readonly left: number; readonly at: number } | null
  /** The collective messages of late, the newest last. */
  readonly storms: readonly AlertStorm[]
}
