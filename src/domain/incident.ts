import type { Language } from './command-spec.ts'
import type { Place } from './request.ts'
import type { Room } from './room.ts'

export const severities = ['sev1', 'sev2', 'sev3', 'sev4'] as const
export type IncidentSeverity = (typeof severities)[number]

export type IncidentState = 'open' | 'acknowledged' | 'resolved'

export const incidentStates: readonly IncidentState[] = ['open', 'acknowledged', 'resolved']
/** States of an incident that goes on. */
export const openIncidentStates: readonly IncidentState[] = ['open', 'acknowledged']

/** How often those who follow it hear of it (ms). */
export const updateEvery: Readonly<Record<IncidentSeverity, number>> = {
  sev1: 30 * 60_000,
  sev2: 60 * 60_000,
  sev3: 4 * 60 * 60_000,
  sev4: 24 * 60 * 60_000,
}

/** A deployment shortly before an incident: it may be the cause. */
export interface Suspect {
  /** The number of its action. */
  readonly number: number
  /** What was deployed; absent in older incidents. */
  readonly service?: string
  readonly version: string
  readonly environment: string
  readonly by: string
  readonly at: number
  /** What it brought, at the code hosting; `null` = nobody can tell. */
  readonly url: string | null
}

/** Something is broken, and people work on it. */
export interface Incident {
  readonly tenantId: string
  /** The id of the order that declared it. */
  readonly id: string
  /** The number of that order: `INC-142`. */
  readonly number: number
  readonly title: string
  readonly severity: IncidentSeverity
  readonly service: string | null
  readonly state: IncidentState
  readonly openedBy: string
  readonly openedAt: number
  /** Who leads: whoever took it. */
  readonly lead: string | null
  /** Who tells others: whoever declared it. */
  readonly communication: string
  readonly acknowledgedAt: number | null
  readonly resolvedAt: number | null
  readonly place: Place
  readonly language: Language
  /** The conversation of its own; absent = it goes on in its thread. */
  readonly room?: Room
  readonly ticket: { readonly key: string; readonly url: string } | null
  readonly suspect: Suspect | null
  /** When the next update is due; `null` once it is resolved. */
  readonly nextUpdateAt: number | null
}

/** What may change of an incident besides its state. */
export type IncidentChange = Partial<Pick<Incident, 'ticket' | 'lead' | 'communication' | 'room'>>

/** One line of an incident's timeline. */
export interface IncidentEvent {
  /** Unique within the incident: the same one is kept once. */
  readonly id: string
  readonly at: number
  readonly by: string
  readonly kind: 'opened' | 'acknowledged' | 'lead' | 'communication' | 'room' | 'note' | 'resolved'
  /** What a person wrote; who was named; the name of the channel. */
  readonly text?: string
}
