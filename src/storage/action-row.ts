import type { Action, ActionPlan, ActionState, WaitingDetails, WaitingFor } from '../domain/action.ts'
import type { AuditEntry } from '../domain/audit-record.ts'
import type { Arguments, Language } from '../domain/command-spec.ts'
import type { OrderOrigin } from '../domain/origin.ts'
import type { Place } from '../domain/request.ts'
import { cleanRow } from './clean.ts'
import type { Tables } from './tables.ts'
import type { NewAction } from './types/ledger.ts'

export type ActionRow = Tables['actions']['$inferSelect']

/** A row of the ledger as the rest of NOX knows it. */
export function toAction(row: ActionRow): Action {
  return {
    tenantId: row.tenantId,
    id: row.id,
    number: row.number,
    eventId: row.eventId,
    memberId: row.memberId,
    userId: row.userId,
    place: {
      channel: 'slack',
      conversationId: row.conversationId,
      threadTs: row.threadTs,
      kind: row.placeKind as Place['kind'],
    },
    messageTs: row.messageTs,
    command: row.command,
    args: JSON.parse(row.args) as Arguments,
    language: row.language as Language,
    environment: row.environment,
    resource: row.resource,
    plan: JSON.parse(row.plan) as ActionPlan,
    origin: row.origin === null ? null : (JSON.parse(row.origin) as OrderOrigin),
    state: row.state as ActionState,
    waitingFor: row.waitingFor as WaitingFor | null,
    waiting: row.waiting === null ? null : (JSON.parse(row.waiting) as WaitingDetails),
    fence: row.fence,
    expiresAt: row.expiresAt,
    step: row.step,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    counted: row.quotaDay !== null,
  }
}

/** A new action as its row: running, with fence 1 and its lease, of which the insert makes an end. */
export function toRow(action: NewAction, number: number): ActionRow {
  const { place, quota } = action
  return cleanRow({
    tenantId: action.tenantId,
    id: action.id,
    number,
    eventId: action.eventId,
    memberId: action.memberId,
    userId: action.userId,
    conversationId: place.conversationId,
    threadTs: place.threadTs,
    placeKind: place.kind,
    messageTs: action.messageTs ?? null,
    command: action.command,
    args: JSON.stringify(action.args),
    language: action.language,
    environment: action.environment,
    resource: action.resource,
    plan: JSON.stringify(action.plan),
    origin: action.origin ? JSON.stringify(action.origin) : null,
    state: action.isQueued ? 'queued' : 'running',
    waitingFor: null,
    waiting: null,
    fence: 1,
    leaseUntil: action.isQueued ? null : action.leaseMs,
    expiresAt: null,
    step: null,
    cancelRequestedBy: null,
    quotaDay: quota?.day ?? null,
    quotaMonth: quota?.month ?? null,
    createdAt: action.now,
    startedAt: action.now,
    finishedAt: null,
  })
}

/** What the audit log says of an action that storage itself ends. */
export function entryOf(
  row: ActionRow,
  result: 'refused' | 'expired' | 'cancelled' | 'unknown',
  at: number,
  details: AuditEntry['details'],
): AuditEntry {
  return {
    at,
    actor: row.userId,
    actionId: row.id,
    actionNumber: row.number,
    command: row.command,
    environment: row.environment,
    resource: row.resource,
    result: result satisfies ActionState,
    details,
  }
}
