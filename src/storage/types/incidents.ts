import type { Incident, IncidentChange, IncidentEvent, IncidentState } from '../../domain/incident.ts'
import type { DueSchedule } from './schedules.ts'

/** Incidents with their timelines. */
export interface Incidents {
  /** Inserts with its first event; the same id again changes nothing. */
  create(incident: Incident, event: IncidentEvent): Promise<void>
  find(tenantId: string, id: string): Promise<Incident | null>
  findByNumber(tenantId: string, number: number): Promise<Incident | null>
  /** Newest first. `since`: opened from then on. */
  list(
    tenantId: string,
    filter: { readonly states: readonly IncidentState[]; readonly since?: number; readonly limit: number },
  ): Promise<readonly Incident[]>
  /** One unit with its event; `false` = it was in none of the states `from`, nothing is written. */
  change(incident: Incident, from: readonly IncidentState[], event: IncidentEvent): Promise<boolean>
  /** One unit with its event; gives the incident as it is then; `null` = there is none. */
  amend(tenantId: string, id: string, change: IncidentChange, event?: IncidentEvent): Promise<Incident | null>
  /** The same event again changes nothing. */
  addEvent(tenantId: string, id: string, event: IncidentEvent): Promise<void>
  /** Oldest first. */
  events(tenantId: string, id: string, limit: number): Promise<readonly IncidentEvent[]>
  /** Across tenants: whose update is due. */
  listDue(now: number, limit: number): Promise<readonly DueSchedule[]>
  /** Moves the next update on, once (`false` = someone else did). */
  moveUpdate(tenantId: string, id: string, from: number, to: number): Promise<boolean>
}
