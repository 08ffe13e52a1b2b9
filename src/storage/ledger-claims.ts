import type { AnyColumn, SQL } from 'drizzle-orm'
import type { Action } from '../domain/action.ts'
import { type ActionRow, entryOf, toAction } from './action-row.ts'
import { appendAudit } from './audit.ts'
import { clampLimit } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { giveBackQuota } from './quota.ts'
import type { Ledger } from './types/ledger.ts'

type Claims = Pick<
  Ledger,
  'takeAbandoned' | 'expireOverdue' | 'listUntold' | 'listQueued' | 'tenantsWaiting' | 'countOpen'
>

/** Waiting actions without a message that are looked through at once. */
const mostLookedAt = 10_000

/** What can be seen of an action across tenants: that it is there, and not what it orders. */
type Seen = Pick<ActionRow, 'tenantId' | 'id' | 'fence'>

/** What recovery does across tenants: it looks widely, and reads and changes one action of one tenant at a time. */
export function createLedgerClaims(database: Database): Claims {
  const { actions } = database.tables
  const { and, asc, count, eq, inArray, isNotNull, isNull, lte, sql } = orm
  const isOver = lte(actions.leaseUntil, database.moment)

  const seenColumns = { tenantId: actions.tenantId, id: actions.id, fence: actions.fence }

  /** Takes an action over, unless someone was quicker since it was seen, or its runner lives after all. */
  async function claim(seen: Seen, leaseMs: number, left: SQL | undefined): Promise<Action | null> {
    const [row] = await database.write(seen.tenantId, async (tx) =>
      tx
        .update(actions)
        .set({ fence: sql`${actions.fence} + 1`, leaseUntil: sql`${database.moment} + ${leaseMs}` })
        .where(
          and(
            eq(actions.tenantId, seen.tenantId),
            eq(actions.id, seen.id),
            eq(actions.fence, seen.fence),
            eq(actions.state, 'running'),
            left,
          ),
        )
        .returning(),
    )
    return row ? toAction(row) : null
  }

  function expire(seen: Seen, now: number): Promise<Action | null> {
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
        const one = and(eq(actions.tenantId, row.tenantId), eq(actions.id, row.id))
        await tx.update(actions).set({ quotaDay: null, quotaMonth: null }).where(one)
      }
      return toAction(row)
    })
  }

  /** What was seen across tenants, each read as its tenant, in the same order, where it still `fits`. */
  async function whole(seen: readonly Seen[], fits: SQL | undefined): Promise<readonly Action[]> {
    const rows = await Promise.all(
      seen.map(({ tenantId, id }) => {
        const one = and(eq(actions.tenantId, tenantId), eq(actions.id, id), fits)
        return database.read(tenantId, async (tx) => tx.select().from(actions).where(one))
      }),
    )
    return rows.flat().map(toAction)
  }

  /** The condition of the index `actions_open`. */
  const open = isNull(actions.finishedAt)

  /** The first of each tenant, then the second of each: no tenant's many hold up another's few. */
  const turnOf = (...by: readonly AnyColumn[]) =>
    sql`row_number() over (partition by ${actions.tenantId} order by ${sql.join([...by], sql`, `)})`

  const isAction = (action: Action | null): action is Action => action !== null

  return {
    async takeAbandoned({ leaseMs, limit, all = false, isHeld = () => false }) {
      const left = all ? undefined : isOver
      const seen = await database.read(null, async (tx) =>
        tx
          .select(seenColumns)
          .from(actions)
          .where(and(open, eq(actions.state, 'running'), left))
          .orderBy(turnOf(actions.leaseUntil), asc(actions.leaseUntil))
          .limit(clampLimit(limit)),
      )
      const alone = seen.filter(({ id }) => !isHeld(id))
      return (await Promise.all(alone.map((row) => claim(row, leaseMs, left)))).filter(isAction)
    },
    async expireOverdue(now, limit) {
      const seen = await database.read(null, async (tx) =>
        tx
          .select(seenColumns)
          .from(actions)
          .where(and(open, eq(actions.state, 'waiting'), isNotNull(actions.expiresAt), lte(actions.expiresAt, now)))
          .limit(clampLimit(limit)),
      )
      return (await Promise.all(seen.map((row) => expire(row, now)))).filter(isAction)
    },
    async listUntold(before, limit, isResting = () => false) {
      const untold = and(open, eq(actions.state, 'waiting'), isNull(actions.messageTs), lte(actions.startedAt, before))
      const seen = await database.read(null, async (tx) =>
        tx
          .select(seenColumns)
          .from(actions)
          .where(untold)
          .orderBy(turnOf(actions.startedAt), asc(actions.startedAt))
          .limit(mostLookedAt),
      )
      return whole(seen.filter(({ id }) => !isResting(id)).slice(0, limit), untold)
    },
    async listQueued(limit) {
      const isQueued = eq(actions.state, 'queued')
      const seen = await database.read(null, async (tx) =>
        tx
          .select(seenColumns)
          .from(actions)
          .where(isQueued)
          .orderBy(turnOf(actions.createdAt, actions.number), asc(actions.createdAt))
          .limit(clampLimit(limit)),
      )
      return whole(seen, isQueued)
    },
    async tenantsWaiting() {
      const rows = await database.read(null, async (tx) =>
        tx
          .select({ tenantId: actions.tenantId })
          .from(actions)
          .where(and(open, eq(actions.state, 'waiting')))
          .groupBy(actions.tenantId),
      )
      return rows.map(({ tenantId }) => tenantId)
    },
    async countOpen() {
      const rows = await database.read(null, async (tx) =>
        tx
          .select({ state: actions.state, n: count() })
          .from(actions)
          .where(and(open, inArray(actions.state, ['running', 'waiting'])))
          .groupBy(actions.state),
      )
      const of = (state: string) => Number(rows.find((row) => row.state === state)?.n ?? 0)
      return { running: of('running'), waiting: of('waiting') }
    },
  }
}
