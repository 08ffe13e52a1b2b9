import { type ActionRow, entryOf, toAction, toRow } from './action-row.ts'
import { appendAudit } from './audit.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import { insertStatement, lastNumberStatement } from './ledger-statements.ts'
import { takeQuota, usedUnits } from './quota.ts'
import type { Accepted, NewAction } from './types/ledger.ts'
import type { QuotaClaim } from './types/quota.ts'

/** What takes an order into the ledger, inside a unit that holds its tenant's lock. */
export interface ActionInsert {
  /** The row, its number, both quotas. */
  insert(tx: Tx, action: NewAction): Promise<Accepted>
  /** Takes the quota of a row that is there; `null` = it was taken, else the action has ended for want of it. */
  charge(tx: Tx, row: ActionRow, quota: QuotaClaim, now: number): Promise<Accepted | null>
}

/** An event that was here before takes neither a number nor quota. */
export function createActionInsert(database: Database): ActionInsert {
  const { actions } = database.tables
  const { and, eq } = orm
  const mine = (tenantId: string, id: string) => and(eq(actions.tenantId, tenantId), eq(actions.id, id))

  async function nextNumber(tx: Tx, tenantId: string): Promise<number> {
    const [last] = await lastNumberStatement(tx, database).execute({ tenantId })
    if (!last) throw new Error(`tenant ${tenantId} is not known`)
    return Number(last.number) + 1
  }

  /** Where no unit is left, the action ends here, with its audit record. */
  async function charge(tx: Tx, row: ActionRow, quota: QuotaClaim, now: number): Promise<Accepted | null> {
    const which = await takeQuota(database, tx, row.tenantId, row.memberId, quota)
    if (which === null) return null
    const limit = (which === 'day' ? quota.dayLimit : quota.monthLimit) ?? 0
    const refused = {
      state: 'refused',
      leaseUntil: null,
      finishedAt: now,
      waitingFor: null,
      quotaDay: null,
      quotaMonth: null,
    }
    await tx.update(actions).set(refused).where(mine(row.tenantId, row.id))
    await appendAudit(database, tx, row.tenantId, entryOf(row, 'refused', now, { rule: `quota.${which}`, limit }))
    return { kind: 'exhausted', action: toAction({ ...row, ...refused }), which, limit }
  }

  async function insert(tx: Tx, action: NewAction): Promise<Accepted> {
    const row = toRow(action, await nextNumber(tx, action.tenantId))
    const inserted = await insertStatement(tx, database).execute(row)
    if (inserted.length === 0) {
      const there = and(eq(actions.tenantId, action.tenantId), eq(actions.eventId, row.eventId))
      const [known] = await tx.select().from(actions).where(there)
      if (!known) throw new Error('an action with this id is there for another event')
      return { kind: 'duplicate', action: toAction(known) }
    }
    const exhausted = action.quota && (await charge(tx, row, action.quota, action.now))
    if (exhausted) return exhausted
    const { tenantId, memberId, tellsUsed } = action
    const used = tellsUsed && (await usedUnits(database, tx, tenantId, memberId, tellsUsed))
    return { kind: 'accepted', action: toAction(row), ...(used ? { used } : {}) }
  }

  return { insert, charge }
}
