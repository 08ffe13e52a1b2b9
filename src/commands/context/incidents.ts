import type { Action } from '../../domain/action.ts'
import type { Announcement } from '../../domain/announcement.ts'
import type { Answer } from '../../domain/answer.ts'
import type { Incident, IncidentChange, IncidentEvent, IncidentState, Suspect } from '../../domain/incident.ts'
import type { SaidThere } from '../../domain/messenger.ts'
import type { Room, RoomDraft } from '../../domain/room.ts'

/** One turn of an alert, for a timeline. */
export interface AlertTurn {
  readonly id: string
  readonly title: string
  readonly at: number
  readonly what: 'fired' | 'resolved' | 'acknowledged' | 'muted' | 'unmuted' | 'escalated'
  /** Slack id; `null` = its source, or NOX. */
  readonly by: string | null
}

/** The tenant's incidents: their timelines, their channels, and what bears on them. */
export interface IncidentDesk {
  /** The same id again changes nothing. */
  create(incident: Incident, event: IncidentEvent): Promise<void>
  findByNumber(number: number): Promise<Incident | null>
  /** Newest first. */
  list(filter: { readonly states: readonly IncidentState[]; readonly limit: number }): Promise<readonly Incident[]>
  /** `false` = it was in none of the states `from`. */
  change(incident: Incident, from: readonly IncidentState[], event: IncidentEvent): Promise<boolean>
  addEvent(id: string, event: IncidentEvent): Promise<void>
  /** What people wrote in its thread and its channel until it was resolved. */
  said(incident: Incident): Promise<SaidThere>
  /** Oldest first. */
  events(id: string): Promise<readonly IncidentEvent[]>
  /** Gives the incident as it is then; `null` = there is none. */
  amend(id: string, change: IncidentChange, event?: IncidentEvent): Promise<Incident | null>
  /** What alerts told of a service from the hour before an incident to its end; those of its clusters too. */
  alertsOn(service: string, incident: Pick<Incident, 'openedAt' | 'resolvedAt'>): Promise<readonly AlertTurn[]>
  /** Keeps what is to be told to a channel elsewhere, once for this order; gives how to tell it at once. */
  announce(channel: string, announcement: Announcement): Promise<() => Promise<void>>
  /** @throws NoxError with a sentence where the channel does not let NOX make one */
  openRoom(draft: RoomDraft): Promise<{ readonly room: Room; readonly missing: readonly string[] }>
  /** Twice is once. @throws NoxError with a sentence */
  archiveRoom(roomId: string): Promise<void>
  /** Posts into the incident's own channel; nothing where it has none. The same key again posts nothing new. */
  tellRoom(incident: Incident, answer: Answer, key: string): Promise<void>
  /** What NOX changed of a service from the hour before an incident to its end, newest first. */
  actionsOn(service: string, incident: Pick<Incident, 'openedAt' | 'resolvedAt'>): Promise<readonly Action[]>
  /** The last deployment of a service (`null` = of any) in the hour before a moment. */
  suspectOf(service: string | null, at: number): Promise<Suspect | null>
}
