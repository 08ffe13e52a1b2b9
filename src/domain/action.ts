import type { Answer } from './answer.ts'
import type { AuditEntry } from './audit-record.ts'
import type { Arguments, Language } from './command-spec.ts'
import type { OrderOrigin } from './origin.ts'
import type { Place } from './request.ts'

/** States of an action, in the order in which a life passes through them. */
export const actionStates = [
  'accepted',
  'waiting',
  'queued',
  'running',
  'done',
  'refused',
  'failed',
  'cancelled',
  'expired',
  'unknown',
] as const

export type ActionState = (typeof actionStates)[number]

/** States that an action never leaves by itself. */
export const finalStates: readonly ActionState[] = ['done', 'refused', 'failed', 'cancelled', 'expired']

export type WaitingFor = 'argument' | 'confirmation' | 'approval'

/** One order of one person: a row of the ledger. */
export interface Action {
  readonly tenantId: string
  /** A ULID, also the idempotency key in the outside world. */
  readonly id: string
  /** The number that people see and type: `#142`, unique within the tenant. */
  readonly number: number
  readonly eventId: string
  readonly memberId: string
  readonly userId: string
  readonly place: Place
  /** The progress message, once posted. */
  readonly messageTs: string | null
  readonly command: string
  readonly args: Arguments
  readonly language: Language
  readonly environment: string | null
  readonly resource: string | null
  /** What was decided before the order was acknowledged; a restart follows it, too. */
  readonly plan: ActionPlan
  readonly origin: OrderOrigin | null
  readonly state: ActionState
  readonly waitingFor: WaitingFor | null
  /** What a waiting action needs to be decided, e.g. the approving group. JSON-safe. */
  readonly waiting: WaitingDetails | null
  /** Raised by each claim; every write of the runner names it. */
  readonly fence: number
  readonly expiresAt: number | null
  /** The last step that began, for an honest `unknown`. */
  readonly step: string | null
  /** True once a unit of quota was taken for it. */
  readonly counted: boolean
  readonly createdAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
}

/** What is to be done with an order: run it, tell why not, or ask first. All JSON-safe. */
export type ActionPlan =
  | { readonly kind: 'run' }
  | {
      readonly kind: 'tell'
      readonly answer: Answer
      readonly result: 'done' | 'refused' | 'cancelled'
      readonly details: AuditEntry['details']
      /** Direct messages that are sent first. */
      readonly directs?: { readonly userIds: readonly string[]; readonly answer: Answer }
    }
  | {
      readonly kind: 'ask'
      readonly waitingFor: WaitingFor
      readonly waiting: WaitingDetails
      readonly answer?: Answer
    }

export interface WaitingDetails {
  readonly argument?: string
  /** Approval is asked for at once where it can lift a refusal. */
  readonly asks?: boolean
  readonly group?: string
  readonly approversNeeded?: number
  readonly approvals?: readonly { readonly userId: string; readonly at: number }[]
  readonly reason?: string
  /** Direct messages that ask the same, edited when it is decided. */
  readonly directs?: readonly { readonly userId: string; readonly conversationId: string; readonly ts: string }[]
  /** Facts that the decision was asked on; when they no longer hold, NOX asks again. */
  readonly facts?: {
    readonly before?: string
    readonly after?: string
    readonly cluster?: string
    /** The commit that its branch or tag stood for: that one is run, whatever was pushed since. */
    readonly commit?: string
    /** What its names stood for (`place-key.ts`). */
    readonly place?: string
  }
}
