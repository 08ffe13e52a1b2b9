import type { Action, ActionPlan, ActionState, WaitingDetails, WaitingFor } from '../../domain/action.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Arguments, Language } from '../../domain/command-spec.ts'
import type { OrderOrigin } from '../../domain/origin.ts'
import type { Place } from '../../domain/request.ts'
import type { QuotaClaim, QuotaPeriods, UsedUnits } from './quota.ts'

/** A request on its way into the ledger: always `running`, with fence 1 and a lease. */
export interface NewAction {
  readonly tenantId: string
  readonly id: string
  readonly eventId: string
  readonly memberId: string
  readonly userId: string
  readonly place: Place
  /** A message that the action takes over (an approval asked on a refusal). */
  readonly messageTs?: string
  readonly command: string
  readonly args: Arguments
  readonly language: Language
  readonly environment: string | null
  readonly resource: string | null
  readonly plan: ActionPlan
  /** Waits for the order before it, without a lease. */
  readonly isQueued?: boolean
  readonly origin?: OrderOrigin | null
  /** `null` = takes no quota. */
  readonly quota: QuotaClaim | null
  /** What is used in these is told with the acceptance: it costs an order that tells it no look of its own. */
  readonly tellsUsed?: QuotaPeriods | null
  readonly now: number
  /** How long its runner may be silent (ms), from now on by the clock of the database. */
  readonly leaseMs: number
}

/** What became of an order that was to enter the ledger. */
export type Accepted =
  /** `used`: where it was asked for. */
  | { readonly kind: 'accepted'; readonly action: Action; readonly used?: UsedUnits }
  /** The event was here before: nothing was written. */
  | { readonly kind: 'duplicate'; readonly action: Action }
  /** Stored as `refused` with its audit record (`rule: quota.day | quota.month`); nothing was taken. */
  | { readonly kind: 'exhausted'; readonly action: Action; readonly which: 'day' | 'month'; readonly limit: number }

/** What figures count of an action. */
export type CountedAction = Pick<
  Action,
  'userId' | 'command' | 'environment' | 'resource' | 'state' | 'createdAt' | 'startedAt' | 'finishedAt'
>

/** What an action waits for, with what, and until when (ms since 1970). */
export interface Waiting {
  readonly waitingFor: WaitingFor
  readonly waiting: WaitingDetails
  readonly expiresAt: number
}

/** How an action ends: its last state, and what the audit log says of it, in one unit. */
export interface Ending {
  readonly state: ActionState
  readonly audit: AuditEntry
  /** True where nothing was done outside: the quota that it took is given back. */
  readonly giveBack: boolean
  /** The action's message, where it is known; absent = as it stands. */
  readonly messageTs?: string | null
  readonly now: number
}

/** The durable ledger of orders. Calls with a `fence` change nothing and give `false` where it is no longer theirs. */
export interface Ledger {
  /**
   * One unit, durable when it resolves: the row, its number, both quotas.
   * @param onWritten told, where the database can, when the unit is written and not yet durable
   */
  accept(action: NewAction, onWritten?: (accepted: Accepted) => void): Promise<Accepted>
  /** Several orders of one message: one unit for all of them. */
  acceptAll(actions: readonly NewAction[]): Promise<readonly Accepted[]>
  find(tenantId: string, id: string): Promise<Action | null>
  findByEvent(tenantId: string, eventId: string): Promise<Action | null>
  findByNumber(tenantId: string, number: number): Promise<Action | null>
  /** The newest orders in a thread, newest first. */
  inThread(tenantId: string, conversationId: string, threadTs: string, limit: number): Promise<readonly Action[]>
  /** Newest first. */
  list(
    tenantId: string,
    filter: {
      readonly userId?: string
      readonly command?: string
      readonly states?: readonly ActionState[]
      readonly limit: number
    },
  ): Promise<readonly Action[]>
  /** Actions since a moment, for figures: the newest so many, oldest first. Orders without a command are none. */
  counted(tenantId: string, since: number, limit: number): Promise<readonly CountedAction[]>
  lastDone(tenantId: string, command: string, resource: string): Promise<Action | null>

  setMessage(tenantId: string, id: string, fence: number, messageTs: string): Promise<boolean>
  setStep(tenantId: string, id: string, fence: number, step: string): Promise<boolean>
  /** Another lease from now on for actions of one tenant; gives those still held, with who asked to cancel them meanwhile. */
  renew(
    tenantId: string,
    held: readonly { readonly id: string; readonly fence: number }[],
    leaseMs: number,
  ): Promise<ReadonlyMap<string, { readonly cancelRequestedBy: string | null }>>
  /** running → waiting; the audit record (`requested`) where one is given, and what the order turned out to be about. */
  wait(
    tenantId: string,
    id: string,
    fence: number,
    waiting: Waiting,
    audit?: AuditEntry,
    settled?: Pick<Action, 'args' | 'environment' | 'resource'>,
  ): Promise<boolean>
  /** running | unknown → an end. May linger up to 5 ms to share a commit. */
  finish(tenantId: string, id: string, fence: number, ending: Ending): Promise<boolean>
  /** Leaves the action to others at once (shutdown): its lease ends now. */
  release(tenantId: string, id: string, fence: number): Promise<boolean>

  /** The message of a waiting action. */
  setWaitingMessage(tenantId: string, id: string, messageTs: string): Promise<void>
  /** Other facts or another question of a waiting action (`false` = it waits no more). */
  setWaiting(tenantId: string, id: string, waiting: Waiting, args?: Arguments): Promise<boolean>
  /** Adds one approval of one person, each person once; gives the approvals so far, or `null` where it waits no more. */
  addApproval(tenantId: string, id: string, userId: string, at: number): Promise<readonly string[] | null>
  /** The direct messages that ask for an approval; gives what it waits with now, `null` = it was decided meanwhile. */
  setDirects(
    tenantId: string,
    id: string,
    directs: NonNullable<WaitingDetails['directs']>,
  ): Promise<WaitingDetails | null>
  /** waiting | unknown | queued → running with a new fence, exactly once (`null` = someone else was first); takes the quota. */
  begin(
    tenantId: string,
    id: string,
    begin: {
      readonly now: number
      readonly leaseMs: number
      readonly quota: QuotaClaim | null
      readonly plan: ActionPlan
      readonly args?: Arguments
      readonly origin?: OrderOrigin | null
      readonly environment?: string | null
      readonly resource?: string | null
      readonly audit?: AuditEntry
    },
  ): Promise<Accepted | null>
  /** waiting | unknown | queued → an end, exactly once. */
  settle(tenantId: string, id: string, ending: Ending): Promise<boolean>
  /** A running action is to stop: its runner learns it with its next renewal. `false` = it runs no more. */
  requestCancel(tenantId: string, id: string, userId: string): Promise<boolean>

  /**
   * Across tenants, the oldest of each before the second of any: claims running actions whose lease ran out (`all`: every
   * one, at the start of the only process).
   * @param options.isHeld what lives in this process after all, though its lease ran out: a clock that jumped
   */
  takeAbandoned(options: {
    readonly leaseMs: number
    readonly limit: number
    readonly all?: boolean
    isHeld?(id: string): boolean
  }): Promise<readonly Action[]>
  /** Across tenants: waiting actions past their time become `expired`, with their audit record. */
  expireOverdue(now: number, limit: number): Promise<readonly Action[]>
  /**
   * Across tenants, the oldest of each before the second of any: waiting actions that have no message although they began
   * before `before`. @param isResting what is left out
   */
  listUntold(before: number, limit: number, isResting?: (id: string) => boolean): Promise<readonly Action[]>
  /** Across tenants: actions that wait for the one before them, the oldest of each tenant before the second of any. */
  listQueued(limit: number): Promise<readonly Action[]>
  /** Tenants of which something waits for a person. */
  tenantsWaiting(): Promise<readonly string[]>
  /** For the metrics: running and waiting actions of all tenants. */
  countOpen(): Promise<{ readonly running: number; readonly waiting: number }>
}
