import type { KeptAlert } from '../domain/alert.ts'

/** Alerts that came in to NOX, of the tenant of an action. */
export interface ReceivedAlerts {
  /** By its id, or the beginning of one that fits no other. */
  find(id: string): Promise<KeptAlert | null>
  /** Those that fire, or all of a collective message; the worst first. */
  list(filter: { readonly stormId?: string }, limit: number): Promise<readonly KeptAlert[]>
  count(filter: { readonly stormId?: string }): Promise<number>
  /** `false` = it is gone. */
  acknowledge(id: string, by: string): Promise<boolean>
  /** Not told until then; `null` = told again. */
  mute(id: string, until: number | null, by: string): Promise<boolean>
  /** Who is on call now, by group: Slack ids. */
  onCall(): Promise<readonly { readonly group: string; readonly people: readonly string[] }[]>
  /** What happened to it, the newest first. */
  events(
    alertId: string,
    limit: number,
  ): Promise<readonly { readonly at: number; readonly what: string; readonly by: string | null }[]>
}
