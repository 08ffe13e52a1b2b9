import type { Action } from '../domain/action.ts'
import { type ActionRow, entryOf, toAction } from './action-row.ts'
import { appendAudit } from './audit.ts'
import { clampLimit } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { giveBackQuota } from './quota.ts'
import type { Ledger } from './types.ts'

type Claims = Pick<Ledger, 'takeAbandoned' | 'expireOverdue' | 'listUntold' | 'countOpen'>

/** What recovery does across tenants: it looks widely, and changes one action of one tenant at a time. */
export function createLedgerClaims(database: Database): Claims {
  const { actions } = database.tables
  const { and, asc, count, eq, inArray, isNotNull, isNull, lte, sql } = orm

  /** Takes an action over, unless someone was quicker since it was seen. */
  async function claim(seen: ActionRow, leaseUntil: number): Promise<Action | null> {
    const [row] = await database.write(seen.tenantId, async (tx) =>
      tx
        .update(actions)
        .set({ fence: sql`${actions.fence} + 1`, leaseUntil })
        .where(
          and(
            eq(actions.tenantId, seen.tenantId),
            eq(actions.id, seen.id),
            eq(actions.fence, seen.fence),
            eq(actions.state, 'running'),
          ),
        )
        .returning(),
    )
    return row ? toAction(row) : null
  }

  function expire(seen: ActionRow, now: number): Promise<Action | null> {
    return database.write(seen.tenantId, async (tx) => {
      await database.lockTenant(tx, seen.tenantId)
      const [row] = await tx
        .update(actions)
        .set({ state: 'expired', finishedAt: now, leaseUntil: null })
        .where(and(eq(actions.tenantId, seen.tenantId), eq(actions.id, seen.id), eq(actions.state, 'waiting')))
        .returning()
      if (!row) return null
      await appendAudit(database, tx, row.tenantId, entryOf(row, 'expired', now, { waitingFor: row.waitingFor }))
      if (row.quotaDay !== null && row.quotaMonth !== null) {
        await giveBackQuota(database, tx, row.tenantId, row.memberId, row.quotaDay, row.quotaMonth)
      }
      return toAction(row)
    })
  }

  const isAction = (action: Action | null): action is Action => action !== null

  return {
    async takeAbandoned({ now, leaseUntil, limit, all = false }) {
      const left = all ? undefined : lte(actions.leaseUntil, now)
      const seen = await database.read(null, async (tx) =>
        tx
          .select()
          .from(actions)
          .where(and(eq(actions.state, 'running'), left))
          .orderBy(asc(actions.leaseUntil))
          .limit(clampLimit(limit)),
      )
      return (await Promise.all(seen.map((row) => claim(row, leaseUntil)))).filter(isAction)
    },
    async expireOverdue(now, limit) {
      const seen = await database.read(null, async (tx) =>
        tx
          .select()
          .from(actions)
          .where(and(eq(actions.state, 'waiting'), isNotNull(actions.expiresAt), lte(actions.expiresAt, now)))
          .limit(clampLimit(limit)),
      )
      return (await Promise.all(seen.map((row) => expire(row, now)))).filter(isAction)
    },
    async listUntold(before, limit) {
      const untold = and(eq(actions.state, 'waiting'), isNull(actions.messageTs), lte(actions.startedAt, before))
      const rows = await database.read(null, async (tx) =>
        tx.select().from(actions).where(untold).limit(clampLimit(limit)),
      )
      return rows.map(toAction)
    },
    async countOpen() {
      const rows = await database.read(null, async (tx) =>
        tx
          .select({ state: actions.state, n: count() })
          .from(actions)
          .where(inArray(actions.state, ['running', 'waiting']))
          .groupBy(actions.state),
      )
      const of = (state: string) => Number(rows.find((row) => row.state === state)?.n ?? 0)
      return { running: of('running'), waiting: of('waiting') }
    },
  }
}
