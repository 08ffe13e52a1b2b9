import type { CallOptions } from './clusters.ts'

export type TicketType = 'incident' | 'bug' | 'task' | 'story'
export type TicketPriority = 'low' | 'medium' | 'high' | 'highest'

/** What a ticket is to be. */
export interface NewTicket {
  readonly type: TicketType
  readonly title: string
  readonly priority?: TicketPriority
  /** The project's key; absent = the default one. */
  readonly project?: string
  /** Plain text; lines are kept. */
  readonly description?: string
  /** The conversation that it came from. */
  readonly source?: { readonly url: string; readonly title: string }
  /** The action that makes it: the same action never makes two. */
  readonly actionId: string
}

export interface Ticket {
  readonly key: string
  readonly title: string
  /** Names as the vendor shows them: `Bug`, `En cours`. */
  readonly type: string
  readonly status: string
  readonly isDone: boolean
  readonly priority: string | null
  readonly project: string
  readonly assignee: string | null
  readonly url: string
  readonly updatedAt: number
}

export interface TicketFilter {
  readonly state: 'open' | 'closed' | 'all'
  readonly project?: string
  /** The vendor's id of the person that they are assigned to. */
  readonly assignee?: string
  readonly limit: number
}

/** Tickets. Every call may throw a NoxError whose `forPerson` says what happened. */
export interface Tickets {
  create(ticket: NewTicket, call: CallOptions): Promise<Ticket>
  /** The ticket that an action made; `null` = it made none. */
  findCreated(actionId: string, call: CallOptions): Promise<Ticket | null>
  /** `null` = there is no such ticket. */
  show(key: string, call: CallOptions): Promise<Ticket | null>
  /** Last changed first. */
  list(filter: TicketFilter, call: CallOptions): Promise<readonly Ticket[]>
  /** @param signature the last line of the comment: whom it is from, and the action's number */
  comment(key: string, text: string, signature: string, call: CallOptions): Promise<void>
  hasComment(key: string, signature: string, call: CallOptions): Promise<boolean>
  /** Moves it to a status of the category "done"; gives it as it is then. */
  close(key: string, call: CallOptions): Promise<Ticket>
  /** The project that is meant where none is named. */
  readonly defaultProject: string
  /** The vendor's id of a person, by name; `null` = nobody, or several. */
  findPerson(name: string, call: CallOptions): Promise<string | null>
}
